/**
 * The router as a program embeds it: built, started and closed here.
 *
 * <p>Depends on every other router package. Safe for use by many threads.
 */
@NullMarked
package io.junctor.router;

import org.jspecify.annotations.NullMarked;
