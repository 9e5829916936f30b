/**
 * The commands behind bin/junctor.
 *
 * <p>Depends on the router's and the client's public API. Each command runs on the thread that starts it.
 */
@NullMarked
package io.junctor.cli;

import org.jspecify.annotations.NullMarked;
