/**
 * Encodes and addresses the messages between the routers of a realm: subjects, ids and message bodies.
 *
 * <p>Depends on {@code router.cluster} and {@code router.audit}. Holds no state.
 */
@NullMarked
package io.junctor.cluster.protocol;

import org.jspecify.annotations.NullMarked;
