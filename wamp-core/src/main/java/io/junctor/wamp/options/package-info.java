/**
 * The Options and Details of each message as typed records that keep what they do not know.
 *
 * <p>Depends on {@code value}. Everything here is immutable. Each record is read from a dictionary by {@code of(Dict)},
 * which throws {@link io.junctor.wamp.value.ProtocolViolation} on a known key of wrong type, and written by
 * {@code toDict()}, which leaves out what has its default.
 */
@NullMarked
package io.junctor.wamp.options;

import org.jspecify.annotations.NullMarked;
