/**
 * The 24 messages of WAMP, one record each; who may send them is a type: {@link io.junctor.wamp.message.FromClient} and
 * {@link io.junctor.wamp.message.FromRouter}.
 *
 * <p>Depends on {@code value} and {@code options}. Everything here is immutable.
 */
@NullMarked
package io.junctor.wamp.message;

import org.jspecify.annotations.NullMarked;
