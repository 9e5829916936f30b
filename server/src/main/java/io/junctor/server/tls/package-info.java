/**
 * Certificates and keys of listeners: what the configuration says about them, and reading them from their files.
 *
 * <p>Depends on nothing of the router. Everything here is immutable and safe for use by many threads.
 */
@NullMarked
package io.junctor.server.tls;

import org.jspecify.annotations.NullMarked;
