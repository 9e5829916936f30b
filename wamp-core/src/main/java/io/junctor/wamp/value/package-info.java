/**
 * The basic values of WAMP: URIs, ids, serializers, dictionaries, payloads and errors. Public API for embedders and authors of clients.
 *
 * <p>Depends on the JDK only. All types are immutable except {@link io.junctor.wamp.value.RequestIds} and {@link
 * io.junctor.wamp.value.Dict.Builder}.
 */
@NullMarked
package io.junctor.wamp.value;

import org.jspecify.annotations.NullMarked;
