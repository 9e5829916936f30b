/**
 * The words WAMP is made of: URIs, ids, serializers, dictionaries, payloads, and what can be wrong with them.
 *
 * <p>Depends on nothing but the JDK. Everything here is immutable, but {@link io.junctor.wamp.value.RequestIds}.
 */
@NullMarked
package io.junctor.wamp.value;

import org.jspecify.annotations.NullMarked;
