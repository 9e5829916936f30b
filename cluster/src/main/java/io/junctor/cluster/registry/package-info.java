/**
 * Keeps the registrations of a realm on all routers in one store: which callee has which procedure.
 *
 * <p>Depends on {@code cluster.membership}, {@code cluster.protocol} and {@code cluster.engine}. All types are thread-safe.
 */
@NullMarked
package io.junctor.cluster.registry;

import org.jspecify.annotations.NullMarked;
