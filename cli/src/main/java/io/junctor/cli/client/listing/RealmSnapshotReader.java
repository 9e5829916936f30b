package io.junctor.cli.client.listing;

import io.junctor.client.Args;
import io.junctor.client.Session;
import io.junctor.client.SessionClosedException;
import io.junctor.client.WampException;
import io.junctor.client.meta.IdsByMatchPolicy;
import io.junctor.client.meta.RegistrationMetaApi;
import io.junctor.client.meta.SessionMetaApi;
import io.junctor.client.meta.SubscriptionMetaApi;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the state of a realm: from Junctor by {@code junctor.session.list} and similar procedures, which count messages;
 * from any other router, or with a role that may not call these, by the meta API, which does not count messages. Confined to one thread.
 */
public final class RealmSnapshotReader {
    private static final int PART_ROWS = 500;

    private final Session session;
    private boolean counts = true;

    /** Creates a reader that calls in this session. */
    public RealmSnapshotReader(Session session) {
        this.session = session;
    }

    /** Returns whether the rows contain numbers of messages, so that rates can be computed. */
    public boolean counts() {
        return counts;
    }

    /**
     * Reads the current state.
     *
     * @throws WampException if the role may use neither of the two APIs, or the session has ended
     */
    public RealmSnapshot read() {
        if (counts) {
            try {
                return new RealmSnapshot(
                        System.nanoTime(),
                        parts("junctor.session.list"),
                        parts("junctor.topic.list"),
                        parts("junctor.procedure.list"));
            } catch (SessionClosedException ended) {
                throw ended;
            } catch (WampException notOffered) {
                counts = false;
            }
        }
        return ofMetaApi();
    }

    private List<Map<String, @Nullable Object>> parts(String procedure) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        long total = 1;
        for (long offset = 0; offset < total; offset += PART_ROWS) {
            Args args = Args.NONE.with("offset", offset).with("limit", PART_ROWS);
            Map<?, ?> answer =
                    dictionary(session.call(procedure, args).arguments().getFirst());
            total = answer.get("total") instanceof Number number ? number.longValue() : 0;
            if (answer.get("rows") instanceof List<?> part) {
                part.forEach(row -> rows.add(copy(dictionary(row))));
            }
        }
        return rows;
    }

    private RealmSnapshot ofMetaApi() {
        DetailsReader reader = new DetailsReader(session);
        List<Long> sessions = new ArrayList<>(new SessionMetaApi(session).list());
        sessions.remove(session.id());
        return new RealmSnapshot(
                System.nanoTime(),
                reader.details(sessions, "wamp.session.get", null),
                subscriptions(),
                registrations());
    }

    /** Returns the subscriptions of the realm by the meta API, with the number of subscribers. */
    public List<Map<String, @Nullable Object>> subscriptions() {
        return new DetailsReader(session)
                .details(
                        all(new SubscriptionMetaApi(session).list()),
                        "wamp.subscription.get",
                        new DetailsReader.Count("wamp.subscription.count_subscribers", "subscribers"));
    }

    /** Returns the registrations of the realm by the meta API, with the number of callees. */
    public List<Map<String, @Nullable Object>> registrations() {
        return new DetailsReader(session)
                .details(
                        all(new RegistrationMetaApi(session).list()),
                        "wamp.registration.get",
                        new DetailsReader.Count("wamp.registration.count_callees", "callees"));
    }

    private static List<Long> all(IdsByMatchPolicy ids) {
        return Stream.of(ids.exact(), ids.prefix(), ids.wildcard())
                .flatMap(List::stream)
                .toList();
    }

    private static Map<?, ?> dictionary(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static Map<String, @Nullable Object> copy(Map<?, ?> map) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }
}
