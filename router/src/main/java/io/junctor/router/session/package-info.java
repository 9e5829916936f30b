/**
 * The session of a client: {@link io.junctor.router.session.Session} is a client that joined a realm. It is confined to the turn of its
 * realm. The package also contains a table of entries by id and the allocation of ids.
 */
@NullMarked
package io.junctor.router.session;

import org.jspecify.annotations.NullMarked;
