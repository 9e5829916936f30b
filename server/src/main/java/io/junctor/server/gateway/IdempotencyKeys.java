package io.junctor.server.gateway;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.junctor.router.config.http.GatewayConfig;
import io.junctor.server.gateway.exchange.ProblemException;
import io.junctor.server.gateway.session.Reply;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Remembers publications by the keys that clients send in the header field {@code Idempotency-Key}, so that a repeated request does not
 * publish a second time. Failed publications are not remembered. Thread-safe.
 */
final class IdempotencyKeys {
    static final int MOST_CHARACTERS = 255;

    private final GatewayConfig config;
    private final LongSupplier nanos;

    /** The publications in the order in which they were added. */
    @GuardedBy("this")
    private final Map<Key, Publication> publicationByKey = new LinkedHashMap<>();

    /**
     * A key of one client.
     *
     * @param realm the realm
     * @param client the authid, or the address of an anonymous client
     * @param text the key as the client sent it
     */
    record Key(String realm, String client, String text) {}

    /**
     * A publication with a key.
     *
     * @param digest the digest of the body; a repeated request must have the same body
     * @param reply the reply of the router, which may arrive later
     */
    record Publication(String digest, long sinceNanos, CompletableFuture<Reply> reply) {}

    IdempotencyKeys(GatewayConfig config, LongSupplier nanos) {
        this.config = config;
        this.nanos = nanos;
    }

    /** Returns whether a text is a valid key. */
    static boolean isKey(String text) {
        return !text.isEmpty()
                && text.length() <= MOST_CHARACTERS
                && text.chars().allMatch(character -> character > ' ' && character <= '~');
    }

    /**
     * Adds a publication if its key is new: the caller then publishes, and calls {@link #complete}.
     *
     * @return {@code added} itself, or the earlier publication with the same key
     * @throws ProblemException if the key was used with another body, or if the limit of remembered publications is reached
     */
    synchronized Publication add(Key key, Publication added) throws ProblemException {
        removeOld();
        Publication found = publicationByKey.get(key);
        if (found == null && publicationByKey.size() >= config.idempotencyKeys()) {
            throw new ProblemException(
                    HttpStatus.TOO_MANY_REQUESTS_429,
                    "The router remembers " + config.idempotencyKeys()
                            + " publications with a key and takes no more of them now (idempotency_keys).");
        }
        if (found != null && !found.digest().equals(added.digest())) {
            throw new ProblemException(HttpStatus.CONFLICT_409, "This Idempotency-Key was used with another body.");
        }
        if (found != null) {
            return found;
        }
        publicationByKey.put(key, added);
        return added;
    }

    Publication publication(String digest) {
        return new Publication(digest, nanos.getAsLong(), new CompletableFuture<>());
    }

    /** Passes on the reply of the router. A failed publication is forgotten, so that a repeated request publishes. */
    synchronized void complete(Key key, Publication publication, Reply reply) {
        if (reply instanceof Reply.Failure) {
            publicationByKey.remove(key, publication);
        }
        publication.reply().complete(reply);
    }

    @GuardedBy("this")
    private void removeOld() {
        long nowNanos = nanos.getAsLong();
        Iterator<Publication> all = publicationByKey.values().iterator();
        while (all.hasNext()
                && nowNanos - all.next().sinceNanos()
                        >= config.idempotencyTime().toNanos()) {
            all.remove();
        }
    }
}
