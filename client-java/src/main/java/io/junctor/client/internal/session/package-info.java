/**
 * Not for users: how a client joins one of several routers, and the future of a call, whatever the type of the API's sessions and results.
 *
 * <p>Depends on the engine and on the transports.
 */
@NullMarked
package io.junctor.client.internal.session;

import org.jspecify.annotations.NullMarked;
