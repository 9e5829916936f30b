/**
 * Tools for tests: scripted WAMP peers, an in-memory transport, WebSocket clients that can break every rule, and an
 * acceptor that records the messages of a transport.
 *
 * <p>Depends on {@code wamp-core}, {@code websocket} and {@code router}. Each object is confined to the thread of one
 * test, unless its type says otherwise.
 */
@NullMarked
package io.junctor.testkit;

import org.jspecify.annotations.NullMarked;
