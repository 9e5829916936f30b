/**
 * TLS of listeners: reads certificates, keys and revocation lists, and checks client certificates.
 *
 * <p>Depends on nothing else of the router. All types here are safe for use by many threads.
 */
@NullMarked
package io.junctor.server.tls;

import org.jspecify.annotations.NullMarked;
