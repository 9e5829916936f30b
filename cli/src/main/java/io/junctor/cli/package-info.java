/**
 * The commands behind bin/junctor: {@link io.junctor.cli.Main}.
 *
 * <p>Depends on the router's and the client's public API and, as the only package of the project, on picocli and logback. Each command
 * runs on the thread that starts it; a shutdown hook closes what {@code start} opened.
 */
@NullMarked
package io.junctor.cli;

import org.jspecify.annotations.NullMarked;
