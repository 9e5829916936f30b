/**
 * Encryption of payloads from client to client. For users: {@code AesGcmCodec}.
 *
 * <p>Depends on {@code io.junctor.client} and the WAMP core. All types are thread-safe.
 */
@NullMarked
package io.junctor.client.encryption;

import org.jspecify.annotations.NullMarked;
