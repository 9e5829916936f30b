package io.junctor.server.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.junctor.server.gateway.session.GatewaySession;
import io.junctor.server.gateway.session.Reply;
import io.junctor.server.gateway.session.WampJson;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stored events that follow the last event that a client received (section "Event History"). Confined to one thread; waits
 * for the router.
 */
final class EventHistoryReader {
    private final GatewaySession session;
    private final long subscription;
    private final Set<Long> publications = new HashSet<>();

    /** Receives each event. */
    @FunctionalInterface
    interface Reader {
        /** Receives an event, a map with {@code publication}, {@code details}, {@code args} and {@code kwargs}. */
        void onEvent(long publication, ObjectNode event) throws java.io.IOException, InterruptedException;
    }

    /** @param session any session with the same login; the stream's own session may be busy with its events */
    EventHistoryReader(GatewaySession session, long subscription) {
        this.session = session;
        this.subscription = subscription;
    }

    /**
     * Reads the events after {@code last}, in their order.
     *
     * @return false if the router cannot return them: the topic has no history, or {@code last} is no longer stored
     */
    boolean read(long last, Reader reader) throws java.io.IOException, InterruptedException {
        long behind = last;
        String keyword = "from_publication";
        while (true) {
            Reply.Result page = page(keyword, behind);
            if (page == null) {
                return false;
            }
            ArrayNode events = page.args().path(0) instanceof ArrayNode list ? list : page.args();
            if (keyword.equals("from_publication")
                    && events.path(0).path("publication").asLong() != last) {
                return false;
            }
            for (JsonNode event : events) {
                long publication = event.path("publication").asLong();
                if (publication != last && event instanceof ObjectNode map && publications.add(publication)) {
                    reader.onEvent(publication, map);
                }
                behind = publication;
            }
            if (events.isEmpty() || !page.kwargs().path("is_limit_reached").asBoolean()) {
                return true;
            }
            keyword = "after_publication";
        }
    }

    private Reply.@Nullable Result page(String keyword, long publication) {
        ObjectNode kwargs = WampJson.object().put(keyword, publication);
        Reply reply = session.call(
                        WampJson.object(),
                        "wamp.subscription.get_events",
                        WampJson.array().add(subscription),
                        kwargs)
                .reply()
                .join();
        return reply instanceof Reply.Result result ? result : null;
    }

    /** Returns whether {@link #read} has already passed on the event of this publication. */
    boolean had(long publication) {
        return publications.contains(publication);
    }
}
