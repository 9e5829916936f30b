/**
 * The router's meta API: sessions, subscriptions and registrations of a realm. For users: all public types.
 *
 * <p>Depends on {@code io.junctor.client} and the WAMP core. All types are thread-safe.
 */
@NullMarked
package io.junctor.client.meta;

import org.jspecify.annotations.NullMarked;
