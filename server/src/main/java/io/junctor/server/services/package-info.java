/**
 * Links between realms and services that use HTTP: the router delivers events to the services, and lets them answer calls.
 *
 * <p>Depends on {@code server.gateway.session}, {@code server.gateway.hooks} and the HTTP client of the JDK. Virtual threads send requests
 * and wait; no turn of a realm and no I/O thread waits for a service.
 */
@NullMarked
package io.junctor.server.services;

import org.jspecify.annotations.NullMarked;
