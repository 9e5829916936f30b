/**
 * TLS of listeners: reads certificates, keys and revocation lists, and checks client certificates.
 *
 * <p>Depends on nothing of the router. Everything here is immutable and safe for use by many threads.
 */
@NullMarked
package io.junctor.server.tls;

import org.jspecify.annotations.NullMarked;
