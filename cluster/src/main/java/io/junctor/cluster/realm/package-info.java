/**
 * Lets realms of the same name on several routers act as one, on any engine.
 *
 * <p>Depends on {@code cluster.registry}, {@code cluster.membership}, {@code cluster.protocol} and {@code cluster.engine}. The turns of realms and the threads of the engine use its types; each type
 * says which threads may use it.
 */
@NullMarked
package io.junctor.cluster.realm;

import org.jspecify.annotations.NullMarked;
