/**
 * The CBOR serialization of WAMP messages. Internal: use {@link io.junctor.wamp.Codecs}.
 *
 * <p>Depends on {@code codec}.
 */
@NullMarked
package io.junctor.wamp.codec.cbor;

import org.jspecify.annotations.NullMarked;
