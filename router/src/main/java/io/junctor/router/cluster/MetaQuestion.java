package io.junctor.router.cluster;

import io.junctor.wamp.options.Identity;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Uri;

/**
 * A question of a router to the realm of the same name on the other routers: a call of a procedure of the meta API. Each router answers for
 * its own sessions, subscriptions and registrations only.
 *
 * @param procedure the procedure
 * @param session the id of the session that calls it
 * @param identity the identity of that session
 * @param arguments the arguments of the call
 */
public record MetaQuestion(Uri procedure, long session, Identity identity, Payload arguments) {}
