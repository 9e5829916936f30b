package io.junctor.client.internal.engine;

import io.junctor.wamp.options.CallMessageOptions;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Uri;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. A call to be made.
 *
 * @param procedure the procedure
 * @param options its options, without what the two flags and the scheme add
 * @param arguments its arguments, or those of its first part
 * @param scheme of the codec that seals its arguments, null for none
 * @param timeoutNanos from the call to its answer, and between partial results
 * @param inParts whether more arguments follow
 * @param progress whether partial results are wanted
 */
public record OutgoingCall(
        Uri procedure,
        CallMessageOptions options,
        Arguments arguments,
        @Nullable String scheme,
        long timeoutNanos,
        boolean inParts,
        boolean progress) {}
