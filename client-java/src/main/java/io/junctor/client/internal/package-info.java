/**
 * Not for users: the types that the engine, its transports and the API share. May change in any version.
 *
 * <p>Depends on the WAMP core only.
 */
@NullMarked
package io.junctor.client.internal;

import org.jspecify.annotations.NullMarked;
