/**
 * What every serialization of WAMP messages offers, {@link io.junctor.wamp.codec.Codec} within {@link
 * io.junctor.wamp.codec.CodecLimits}; and what each brings, {@link io.junctor.wamp.codec.WireFormat}.
 *
 * <p>Depends on {@code message}. Safe for use by many threads.
 */
@NullMarked
package io.junctor.wamp.codec;

import org.jspecify.annotations.NullMarked;
