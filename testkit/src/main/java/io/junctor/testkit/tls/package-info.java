/**
 * Certificates for tests: an authority, the certificates that it issues, and a responder for the status of revoked ones.
 *
 * <p>Depends on Bouncy Castle and on the router's configuration. Confined to the thread of one test, unless a type says otherwise.
 */
@NullMarked
package io.junctor.testkit.tls;

import org.jspecify.annotations.NullMarked;
