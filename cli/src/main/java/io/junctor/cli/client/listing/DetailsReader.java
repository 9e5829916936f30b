package io.junctor.cli.client.listing;

import io.junctor.client.Result;
import io.junctor.client.Session;
import io.junctor.client.WampException;
import io.junctor.wamp.value.WampError;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Gets details of many sessions, subscriptions or registrations from the meta API, several at a time. Confined to one thread. */
public final class DetailsReader {
    /** The number of calls that may be open at a time. */
    private static final int WINDOW = 64;

    private static final Set<String> GONE = Set.of(
            WampError.NO_SUCH_SESSION.uri().text(),
            WampError.NO_SUCH_SUBSCRIPTION.uri().text(),
            WampError.NO_SUCH_REGISTRATION.uri().text());

    private final Session session;

    /** Creates a reader that calls in this session. */
    public DetailsReader(Session session) {
        this.session = session;
    }

    /**
     * A number that is added to the details of each id.
     *
     * @param procedure the procedure that returns the number for an id
     * @param key the key of the number in the details
     */
    public record Count(String procedure, String key) {}

    /**
     * Returns the details of each id, in order, without ids that no longer exist.
     *
     * @param procedure the procedure that returns a dictionary for an id
     */
    public List<Map<String, @Nullable Object>> details(List<Long> ids, String procedure, @Nullable Count count) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        Queue<OpenRequest> window = new ArrayDeque<>();
        for (Long id : ids) {
            if (window.size() == WINDOW) {
                window.remove().row().ifPresent(rows::add);
            }
            CompletableFuture<Result> details = session.async().call(procedure, id);
            window.add(new OpenRequest(
                    details, count, count == null ? details : session.async().call(count.procedure(), id)));
        }
        window.forEach(open -> open.row().ifPresent(rows::add));
        return rows;
    }

    private record OpenRequest(
            CompletableFuture<Result> details, @Nullable Count count, CompletableFuture<Result> number) {
        Optional<Map<String, @Nullable Object>> row() {
            try {
                Map<String, @Nullable Object> row = new LinkedHashMap<>();
                if (details.join().arguments().getFirst() instanceof Map<?, ?> map) {
                    map.forEach((key, value) -> row.put(String.valueOf(key), value));
                }
                if (count != null) {
                    row.put(count.key(), number.join().arguments().getFirst());
                }
                return Optional.of(row);
            } catch (CompletionException failed) {
                if (failed.getCause() instanceof WampException failure && GONE.contains(failure.uri())) {
                    return Optional.empty();
                }
                throw failed.getCause() instanceof WampException failure ? failure : failed;
            }
        }
    }
}
