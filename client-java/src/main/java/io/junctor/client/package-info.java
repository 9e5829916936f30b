/**
 * The public API of the client: joins a realm, publishes, subscribes, calls and registers. Start at {@link
 * io.junctor.client.Client}.
 *
 * <p>For users: all public types of this package and of {@code auth}, {@code encryption} and {@code meta}. Packages
 * named {@code internal} may change in any version. Handlers run on virtual threads.
 *
 * <p>Depends on {@code auth} and on the internal packages.
 */
@NullMarked
package io.junctor.client;

import org.jspecify.annotations.NullMarked;
