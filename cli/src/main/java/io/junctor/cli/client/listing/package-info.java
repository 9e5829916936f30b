/**
 * What a router tells about the sessions, topics and procedures of a realm, and tables and screens of it.
 *
 * <p>Uses the client library only. Confined to the main thread.
 */
@NullMarked
package io.junctor.cli.client.listing;

import org.jspecify.annotations.NullMarked;
