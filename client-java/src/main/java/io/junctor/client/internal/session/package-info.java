/**
 * Not for users: joins one of several routers, and provides the future of a call, independent of the API's types of sessions and results.
 *
 * <p>Depends on the engine and on the transports.
 */
@NullMarked
package io.junctor.client.internal.session;

import org.jspecify.annotations.NullMarked;
