/** The configuration of a router's membership in a cluster. All types are immutable. */
@NullMarked
package io.junctor.router.config.cluster;

import org.jspecify.annotations.NullMarked;
