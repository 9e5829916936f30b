/**
 * The sessions of the load generator and their transports: sockets, WebSocket, HTTP/2, RawSocket and long-poll.
 *
 * <p>Depends on the codecs and on {@code websocket}. Everything runs on the thread that calls {@code turn} of the {@link
 * io.junctor.cli.bench.session.SelectorLoop}.
 */
@NullMarked
package io.junctor.cli.bench.session;

import org.jspecify.annotations.NullMarked;
