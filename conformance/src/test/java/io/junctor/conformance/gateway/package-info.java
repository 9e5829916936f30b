/** The HTTP gateway over real sockets: requests that publish and call, their logins, errors and limits. */
@NullMarked
package io.junctor.conformance.gateway;

import org.jspecify.annotations.NullMarked;
