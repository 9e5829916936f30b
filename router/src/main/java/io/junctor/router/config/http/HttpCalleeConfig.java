package io.junctor.router.config.http;

import java.time.Duration;

/**
 * A procedure that an HTTP service answers.
 *
 * @param role the role with which the router registers it
 * @param request how a call becomes a request
 * @param result how a response becomes a result
 * @param timeout how long a request may take
 * @param requests the most requests at a time; further calls wait
 */
public record HttpCalleeConfig(
        String role, HttpRequestTemplate request, HttpResultRules result, Duration timeout, int requests) {}
