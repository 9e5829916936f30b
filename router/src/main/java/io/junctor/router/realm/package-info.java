/**
 * Where it all comes together: {@link io.junctor.router.realm.Realms} are the realms of a router, each with its turn, broker and
 * dealer; a link leads each connection into the realm it joins.
 *
 * <p>Depends on everything below it. What touches a realm's state runs in its turn; links are used by the thread that reads, by the
 * holder of the turn and by workers, as their fields say.
 */
@NullMarked
package io.junctor.router.realm;

import org.jspecify.annotations.NullMarked;
