/**
 * Gets the sessions, topics and procedures of a realm from a router, and formats them as tables and screens.
 *
 * <p>Uses the client library only. Confined to the main thread.
 */
@NullMarked
package io.junctor.cli.client.listing;

import org.jspecify.annotations.NullMarked;
