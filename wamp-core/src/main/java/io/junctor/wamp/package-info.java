/**
 * Root of the WAMP protocol packages; holds no type itself.
 *
 * <p>Depends on nothing. Starts no thread.
 */
@NullMarked
package io.junctor.wamp;

import org.jspecify.annotations.NullMarked;
