/**
 * The batched subprotocols (section "Message Batching"): how several encoded messages are joined into one message of the transport, and
 * separated again. {@link io.junctor.wamp.codec.batch.BatchFormat} is the entry.
 *
 * <p>Depends on {@code value}.
 */
@NullMarked
package io.junctor.wamp.codec.batch;

import org.jspecify.annotations.NullMarked;
