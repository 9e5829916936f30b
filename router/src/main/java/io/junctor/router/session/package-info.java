/**
 * A client as the router sees it: {@link io.junctor.router.session.Session} is who joined a realm, {@link
 * io.junctor.router.connection.Outbox} what waits for its transport.
 *
 * <p>Depends on {@code transport}, {@code turn}, {@code metrics} and {@code config}. A session belongs to the turn of its realm; an
 * outbox is filled in the turn and flushed by any thread.
 */
@NullMarked
package io.junctor.router.session;

import org.jspecify.annotations.NullMarked;
