/**
 * Reads {@code realms.yaml} again while the router runs.
 *
 * <p>Public: {@link io.junctor.server.reload.ConfigReload}.
 */
@NullMarked
package io.junctor.server.reload;

import org.jspecify.annotations.NullMarked;
