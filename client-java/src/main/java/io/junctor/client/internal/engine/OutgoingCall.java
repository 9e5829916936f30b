package io.junctor.client.internal.engine;

import io.junctor.wamp.options.CallMessageOptions;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Uri;
import org.jspecify.annotations.Nullable;

/**
 * A call to make.
 *
 * @param procedure the procedure
 * @param options the options, without those that follow from the other components
 * @param arguments the arguments, or those of the first part
 * @param scheme the scheme of the passthru codec, or null for none
 * @param timeoutNanos the time limit for the answer, and for each progressive result
 * @param inParts whether more arguments follow
 * @param progress whether the caller accepts progressive results
 */
public record OutgoingCall(
        Uri procedure,
        CallMessageOptions options,
        Arguments arguments,
        @Nullable String scheme,
        long timeoutNanos,
        boolean inParts,
        boolean progress) {}
