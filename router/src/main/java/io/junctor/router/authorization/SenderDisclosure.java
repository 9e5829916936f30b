package io.junctor.router.authorization;

import io.junctor.router.spi.Disclose;
import org.jspecify.annotations.Nullable;

/**
 * The details that the router adds when it passes on an allowed publication or call.
 *
 * @param disclose whether the sender is disclosed
 * @param trustLevel the trust level in the details of the receivers, or null if the realm has no trust levels
 */
public record SenderDisclosure(Disclose disclose, @Nullable Long trustLevel) {
    /** Discloses a sender that asks to be disclosed; adds no trust level. */
    public static final SenderDisclosure PLAIN = new SenderDisclosure(Disclose.ON_REQUEST, null);

    /** True if the sender is disclosed; {@code asked} says whether the sender asked to be disclosed. */
    public boolean discloses(boolean asked) {
        return switch (disclose) {
            case NEVER -> false;
            case ON_REQUEST -> asked;
            case ALWAYS -> true;
        };
    }
}
