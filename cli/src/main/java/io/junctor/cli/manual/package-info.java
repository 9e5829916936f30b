/**
 * Completion scripts for shells and manual pages, made of the descriptions of the commands.
 *
 * <p>Depends on picocli only. Runs on the main thread.
 */
@NullMarked
package io.junctor.cli.manual;

import org.jspecify.annotations.NullMarked;
