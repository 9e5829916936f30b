/**
 * Sessions of the HTTP gateway with the router: how requests log in, and how they become WAMP messages and back.
 *
 * <p>Depends on {@code server.connector}, {@code server.tls}, {@code router.inprocess} and the JSON codec of {@code wamp}. Virtual
 * threads of the gateway hand messages over and may wait.
 */
@NullMarked
package io.junctor.server.gateway.session;

import org.jspecify.annotations.NullMarked;
