/** Webhooks in both directions, and procedures that are answered by HTTP services, over real sockets. */
@NullMarked
package io.junctor.conformance.webhooks;

import org.jspecify.annotations.NullMarked;
