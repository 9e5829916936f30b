/**
 * The commands of {@code bin/junctor} that are WAMP clients: {@link io.junctor.cli.client.ClientCommands}.
 *
 * <p>Uses the client library, {@code connection}, {@code json} and {@code process}. A command runs on the main thread;
 * events and calls arrive on the client's virtual threads.
 */
@NullMarked
package io.junctor.cli.client;

import org.jspecify.annotations.NullMarked;
