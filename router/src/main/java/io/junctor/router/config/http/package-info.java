/**
 * The configuration of HTTP requests that become events and calls, and of those that the router
 * sends to other services. Everything here is immutable.
 */
@NullMarked
package io.junctor.router.config.http;

import org.jspecify.annotations.NullMarked;
