/**
 * Completion scripts for shells and manual pages, generated from the descriptions of the commands.
 *
 * <p>Depends on picocli only. Runs on the main thread.
 */
@NullMarked
package io.junctor.cli.manual;

import org.jspecify.annotations.NullMarked;
