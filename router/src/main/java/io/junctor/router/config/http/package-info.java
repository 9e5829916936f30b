/**
 * The configuration of HTTP requests that the router converts to publications and calls, and of HTTP requests that it sends to other
 * services. All types are immutable.
 */
@NullMarked
package io.junctor.router.config.http;

import org.jspecify.annotations.NullMarked;
