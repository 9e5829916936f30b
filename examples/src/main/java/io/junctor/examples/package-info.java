/**
 * Small programs, one idea each, that the README shows.
 *
 * <p>Depends on the router's and the client's public API. Each example says which thread runs its handlers.
 */
@NullMarked
package io.junctor.examples;

import org.jspecify.annotations.NullMarked;
