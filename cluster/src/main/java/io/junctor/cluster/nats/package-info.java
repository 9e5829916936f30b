/**
 * The engine on NATS: core subjects carry messages, streams of JetStream keep records. For programs that embed a router, and for the code that
 * reads realms.yaml.
 *
 * <p>Depends on {@code engine} and on the library jnats, which no other package uses. Each kind of traffic has a connection. A thread of the
 * library writes to its socket, so no caller waits for it. Another one reads from the socket, and hands messages to the lanes; if it cannot keep
 * up, a thread of this package does so.
 */
@NullMarked
package io.junctor.cluster.nats;

import org.jspecify.annotations.NullMarked;
