/**
 * Certificates for tests: an authority, what it issues, and whom one asks about revoked ones.
 *
 * <p>Depends on Bouncy Castle and on the router's configuration. Confined to the thread of one test, unless a type says otherwise.
 */
@NullMarked
package io.junctor.testkit.tls;

import org.jspecify.annotations.NullMarked;
