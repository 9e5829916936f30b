/**
 * The configuration of a router that is one of several. Everything here is immutable.
 */
@NullMarked
package io.junctor.router.config.cluster;

import org.jspecify.annotations.NullMarked;
