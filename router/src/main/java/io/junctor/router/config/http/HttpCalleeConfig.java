package io.junctor.router.config.http;

import java.time.Duration;

/**
 * The configuration of a procedure that an HTTP service answers.
 *
 * @param role the role with which the router registers it
 * @param request the template that converts a call to an HTTP request
 * @param result the rules that convert the response to a result
 * @param timeout how long a request may take
 * @param requests the most requests at a time; further calls wait
 */
public record HttpCalleeConfig(
        String role, HttpRequestTemplate request, HttpResultRules result, Duration timeout, int requests) {}
