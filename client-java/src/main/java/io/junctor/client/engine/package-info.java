/**
 * One session over one transport: what is sent, what was asked, what arrives and who handles it.
 *
 * <p>Depends on the WAMP core only and knows nothing of the API above it. One lock guards a session's state; it is never
 * held while writing, while user code runs or while a future completes. Handlers run on virtual threads.
 */
@NullMarked
package io.junctor.client.engine;

import org.jspecify.annotations.NullMarked;
