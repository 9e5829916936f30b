package io.junctor.wamp.codec;

import io.junctor.wamp.options.Roles;
import org.jspecify.annotations.Nullable;

/**
 * Caches the encoded form of the roles that were announced last, because a router announces the same roles to all sessions of a realm.
 * Thread-safe.
 */
final class EncodedRoles {
    /** The initial capacity of the buffer; sufficient for all features. */
    private static final int ROLES_BYTES = 1 << 10;

    private record CachedRoles(Roles roles, EncodedElement encoded) {}

    private final WireFormat format;
    private final CodecLimits limits;
    private volatile @Nullable CachedRoles last;

    EncodedRoles(WireFormat format, CodecLimits limits) {
        this.format = format;
        this.limits = limits;
    }

    /** Returns the encoded value of {@code roles} in {@code WELCOME}. */
    EncodedElement of(Roles roles) throws UnrepresentableException {
        CachedRoles known = last;
        if (known != null && known.roles.equals(roles)) {
            return known.encoded;
        }
        WireWriter writer = format.writer(ROLES_BYTES, limits);
        writer.dict(roles.toDict().entries());
        byte[] bytes = writer.out.toBytes();
        EncodedElement encoded = new EncodedElement(format.serializer(), bytes, 0, bytes.length);
        last = new CachedRoles(roles, encoded);
        return encoded;
    }
}
