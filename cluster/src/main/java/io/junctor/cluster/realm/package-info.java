/**
 * Lets realms of the same name on several routers act as one, on any engine.
 *
 * <p>Depends on {@code cluster.protocol} and {@code cluster.engine}. Its types are used by the turns of realms and by the threads of the
 * engine; each says how.
 */
@NullMarked
package io.junctor.cluster.realm;

import org.jspecify.annotations.NullMarked;
