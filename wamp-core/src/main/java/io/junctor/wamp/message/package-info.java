/**
 * The 24 messages of WAMP, one record each. {@link io.junctor.wamp.message.FromClient} and {@link io.junctor.wamp.message.FromRouter}
 * determine which side may send them. Public API for embedders and authors of clients. All messages are in one package, because a sealed
 * interface and its records must share a package.
 *
 * <p>Depends on {@code value} and {@code options}. All types are immutable.
 */
@NullMarked
package io.junctor.wamp.message;

import org.jspecify.annotations.NullMarked;
