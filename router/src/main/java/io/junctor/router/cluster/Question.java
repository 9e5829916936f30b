package io.junctor.router.cluster;

import io.junctor.wamp.options.Identity;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Uri;

/**
 * What a router asks the realm of the same name on the other routers: a call of a procedure of the meta API, which each answers about
 * what it has itself. Immutable.
 *
 * @param procedure the procedure
 * @param session the id of the session that calls it
 * @param identity the identity of that session
 * @param arguments the arguments of the call
 */
public record Question(Uri procedure, long session, Identity identity, Payload arguments) {}
