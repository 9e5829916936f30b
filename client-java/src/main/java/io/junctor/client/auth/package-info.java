/**
 * The authentication of a client, and the routers that it trusts. For users: {@code Authentication}, {@code
 * ChannelBindingMode} and {@code SslContextBuilder}.
 *
 * <p>Depends on {@code io.junctor.client.internal} and the WAMP core. All types except the builder are thread-safe.
 */
@NullMarked
package io.junctor.client.auth;

import org.jspecify.annotations.NullMarked;
