/**
 * Encodes and decodes WAMP messages. Public API: {@link io.junctor.wamp.codec.Codec}, {@link io.junctor.wamp.codec.CodecLimits},
 * {@link io.junctor.wamp.codec.InvalidRequestException} and {@link io.junctor.wamp.codec.UnrepresentableException}. The other public types are internal: the
 * base classes of the packages that implement one {@link io.junctor.wamp.codec.WireFormat} each.
 *
 * <p>Depends on {@code message}.
 */
@NullMarked
package io.junctor.wamp.codec;

import org.jspecify.annotations.NullMarked;
