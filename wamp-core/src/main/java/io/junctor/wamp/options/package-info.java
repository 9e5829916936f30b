/**
 * The Options and Details of each message as typed records, which keep unknown keys. Public API for embedders and authors of clients.
 *
 * <p>Depends on {@code value}. All types are immutable. {@code of(Dict)} reads a record from a dictionary and throws
 * {@link io.junctor.wamp.value.ProtocolViolationException} if a known key has a value of the wrong type. {@code toDict()}
 * writes a record and omits values that equal their defaults.
 */
@NullMarked
package io.junctor.wamp.options;

import org.jspecify.annotations.NullMarked;
