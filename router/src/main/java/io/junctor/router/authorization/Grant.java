package io.junctor.router.authorization;

import io.junctor.router.spi.Disclose;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. What the rule that allows a publication or call says about it.
 *
 * @param disclose whether its sender is named
 * @param trustLevel the trust level that receivers are told, or null where the realm has no levels
 */
public record Grant(Disclose disclose, @Nullable Long trustLevel) {
    /** Names the sender if it asks; no trust level. */
    public static final Grant PLAIN = new Grant(Disclose.ON_REQUEST, null);

    /** Whether the sender is named, given whether it asked. */
    public boolean discloses(boolean asked) {
        return switch (disclose) {
            case NEVER -> false;
            case ON_REQUEST -> asked;
            case ALWAYS -> true;
        };
    }
}
