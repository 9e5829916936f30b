/**
 * The engine on NATS: core subjects carry messages, streams of JetStream keep records. For programs that embed a router, and for the code that
 * reads realms.yaml.
 *
 * <p>Depends on {@code engine} and on the library jnats, which no other package uses. Each kind of traffic has a connection with a thread that
 * writes and a thread that reads, so no caller waits for a socket.
 */
@NullMarked
package io.junctor.cluster.nats;

import org.jspecify.annotations.NullMarked;
