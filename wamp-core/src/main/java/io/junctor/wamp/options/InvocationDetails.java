package io.junctor.wamp.options;

import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Uri;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Details of {@code INVOCATION} (section "Calling and Invocations").
 *
 * @param caller the caller, or null if it is not disclosed
 * @param procedure the called procedure, for pattern registrations; otherwise null
 * @param trustLevel the trust level, 0 being the lowest, or null
 * @param timeoutMillis the timeout that the callee should enforce, in milliseconds; 0 for none
 * @param receiveProgress whether the caller accepts progressive results
 * @param progress whether more invocations with the same id follow
 * @param passthru the options of payload passthru mode, or null
 * @param extra the entries with unknown keys
 */
public record InvocationDetails(
        @Nullable DisclosedIdentity caller,
        @Nullable Uri procedure,
        @Nullable Long trustLevel,
        long timeoutMillis,
        boolean receiveProgress,
        boolean progress,
        @Nullable PassthruOptions passthru,
        Dict extra) {
    /** No details. */
    public static final InvocationDetails NONE =
            new InvocationDetails(null, null, null, 0, false, false, null, Dict.EMPTY);

    private static final Set<String> KNOWN = Set.of(
            "caller",
            "caller_authid",
            "caller_authrole",
            "procedure",
            "trustlevel",
            "timeout",
            "receive_progress",
            "progress",
            PassthruOptions.SCHEME,
            PassthruOptions.SERIALIZER,
            PassthruOptions.CIPHER,
            PassthruOptions.KEY_ID);

    /** Returns these details with {@code progress}. */
    public InvocationDetails withProgress(boolean more) {
        return more == progress
                ? this
                : new InvocationDetails(
                        caller, procedure, trustLevel, timeoutMillis, receiveProgress, more, passthru, extra);
    }

    /** Reads the details. */
    public static InvocationDetails of(Dict dict) {
        if (dict.isEmpty()) {
            return NONE;
        }
        String procedure = dict.text("procedure");
        Long timeout = dict.integer("timeout", 0);
        return new InvocationDetails(
                DisclosedIdentity.of(dict, "caller"),
                procedure == null ? null : new Uri(procedure),
                dict.integer("trustlevel", 0),
                timeout == null ? 0 : timeout,
                dict.flag("receive_progress", false),
                dict.flag("progress", false),
                PassthruOptions.of(dict),
                dict.without(KNOWN));
    }

    /** Returns the dictionary to send. */
    public Dict toDict() {
        if (this == NONE) {
            return Dict.EMPTY;
        }
        Dict.Builder dict = extra.with();
        DisclosedIdentity.put(dict, "caller", caller);
        dict.put("procedure", procedure == null ? null : procedure.text())
                .put("trustlevel", trustLevel)
                .put("timeout", timeoutMillis == 0 ? null : timeoutMillis)
                .flag("receive_progress", receiveProgress)
                .flag("progress", progress);
        PassthruOptions.put(dict, passthru);
        return dict.build();
    }
}
