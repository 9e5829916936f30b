/**
 * The CBOR serialization of WAMP messages. This package is internal; use {@link io.junctor.wamp.Codecs}.
 *
 * <p>Depends on {@code codec}.
 */
@NullMarked
package io.junctor.wamp.codec.cbor;

import org.jspecify.annotations.NullMarked;
