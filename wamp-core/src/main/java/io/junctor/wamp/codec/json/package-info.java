/**
 * WAMP messages as JSON.
 *
 * <p>Depends on {@code codec}. Its one public type is safe for use by many threads.
 */
@NullMarked
package io.junctor.wamp.codec.json;

import org.jspecify.annotations.NullMarked;
