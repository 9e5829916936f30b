/**
 * The entry point to the codecs, {@link io.junctor.wamp.Codecs}. Public API for embedders and authors of clients.
 *
 * <p>Depends on {@code codec} and its sub-packages. Thread-safe.
 */
@NullMarked
package io.junctor.wamp;

import org.jspecify.annotations.NullMarked;
