package io.junctor.router.session;

import io.junctor.router.access.Grant;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. Whether a session may do what it asks for.
 *
 * @param refusal why not, or null if it may
 * @param grant what holds if it may
 */
public record Verdict(@Nullable Refusal refusal, Grant grant) {
    /** It may, and nothing particular holds. */
    public static final Verdict ALLOWED = new Verdict(null, Grant.PLAIN);

    /** It may not. */
    public static Verdict refused(Refusal refusal) {
        return new Verdict(refusal, Grant.PLAIN);
    }
}
