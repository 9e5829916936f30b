/**
 * How routers of a realm address and encode what they tell each other: subjects, ids and message bodies.
 *
 * <p>Depends on {@code router.cluster}. Holds no state.
 */
@NullMarked
package io.junctor.cluster.protocol;

import org.jspecify.annotations.NullMarked;
