package io.junctor.cluster.registry;

import io.junctor.router.cluster.RegistrationClaim;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The claims of this router whose entries the store has not reported yet. If the store was read and a claim's entry was not among the entries
 * although the store had accepted it, another router has replaced or deleted the entry: the claim is lost. Thread-safe; calls nothing while it
 * holds its lock.
 */
final class OpenClaims {
    /** A callee of this router, and the request that registers it. */
    record Claim(RegistryTable.Own own, RegistrationClaim request) {}

    private static final class Open {
        final Claim claim;
        /** The revision of its entry; {@link Long#MAX_VALUE} as long as the store has not accepted it. */
        long revision = Long.MAX_VALUE;

        Open(Claim claim) {
            this.claim = claim;
        }
    }

    /** By {@link RegistryTable.Own#id}. */
    private final Map<String, Open> openById = new HashMap<>();
    /** The number of the latest change that the store contained when it was read last. */
    private long read;

    synchronized void add(RegistryTable.Own own, RegistrationClaim request) {
        openById.put(own.id(), new Open(new Claim(own, request)));
    }

    synchronized boolean contains(String id) {
        return openById.containsKey(id);
    }

    /** Removes and returns the request of a callee, or null if it is not open. */
    synchronized @Nullable RegistrationClaim take(String id) {
        Open open = openById.remove(id);
        return open == null ? null : open.claim.request;
    }

    /** Notes that the store has accepted the entry of a callee. If the claim is lost, removes and returns it; otherwise returns null. */
    synchronized @Nullable Claim onAccepted(String id, long revision) {
        Open open = openById.get(id);
        if (open == null) {
            return null;
        }
        open.revision = revision;
        if (revision > read) {
            return null;
        }
        openById.remove(id);
        return open.claim;
    }

    /** Notes that all entries up to {@code revision} that the store contains were reported. Removes and returns the claims that are lost. */
    synchronized List<Claim> onRead(long revision) {
        read = revision;
        List<Claim> lost = new ArrayList<>();
        openById.values().removeIf(open -> {
            boolean isLost = open.revision <= revision;
            if (isLost) {
                lost.add(open.claim);
            }
            return isLost;
        });
        return lost;
    }

    /** Notes that the store was created anew, with none of the entries that it had accepted. */
    synchronized void onMadeAnew() {
        read = 0;
        openById.values().forEach(open -> open.revision = open.revision == Long.MAX_VALUE ? open.revision : 0);
    }
}
