/**
 * WAMP messages as CBOR.
 *
 * <p>Depends on {@code codec}. Its one public type is safe for use by many threads.
 */
@NullMarked
package io.junctor.wamp.codec.cbor;

import org.jspecify.annotations.NullMarked;
