/**
 * The realms of a router: {@link io.junctor.router.realm.Realms} finds and creates them. Each realm has its turn, its broker and its
 * dealer, and routes the messages of its sessions.
 *
 * <p>Depends on everything below it. Code that accesses a realm's state runs in its turn.
 */
@NullMarked
package io.junctor.router.realm;

import org.jspecify.annotations.NullMarked;
