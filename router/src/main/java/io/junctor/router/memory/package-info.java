/**
 * The memory that a router uses for its clients: {@link io.junctor.router.memory.LowHeapMonitor} decides, by the heap usage after garbage
 * collections, which requests the router refuses; {@link io.junctor.router.memory.OutboxBudget}, {@link io.junctor.router.memory.RetentionBudget}
 * and {@link io.junctor.router.memory.IncomingMessageBudget} each bound the bytes of one kind.
 */
@NullMarked
package io.junctor.router.memory;

import org.jspecify.annotations.NullMarked;
