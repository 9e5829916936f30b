/**
 * The entry to the codecs: {@link io.junctor.wamp.Codecs}.
 *
 * <p>Depends on {@code codec} and the packages under it. Safe for use by many threads.
 */
@NullMarked
package io.junctor.wamp;

import org.jspecify.annotations.NullMarked;
