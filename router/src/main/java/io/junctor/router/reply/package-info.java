/**
 * The answers of the router itself: refusals with their texts, and arguments that the router encodes and decodes.
 *
 * <p>Depends on {@code wamp-core}. Thread-safe.
 */
@NullMarked
package io.junctor.router.reply;

import org.jspecify.annotations.NullMarked;
