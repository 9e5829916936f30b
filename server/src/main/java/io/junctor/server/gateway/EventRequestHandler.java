package io.junctor.server.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.server.gateway.EventQueue.ReceivedEvent;
import io.junctor.server.gateway.exchange.Exchange;
import io.junctor.server.gateway.exchange.Problem;
import io.junctor.server.gateway.exchange.ProblemException;
import io.junctor.server.gateway.session.Admission;
import io.junctor.server.gateway.session.GatewaySession;
import io.junctor.server.gateway.session.Login;
import io.junctor.server.gateway.session.Reply;
import io.junctor.server.gateway.session.RequestOrigin;
import io.junctor.server.gateway.session.SessionPool;
import io.junctor.server.gateway.session.WampJson;
import io.junctor.wamp.message.Event;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests for the events of a topic with a stream of these events. Each stream has its own session. Thread-safe; waits for
 * events until the client disconnects.
 */
final class EventRequestHandler {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,16}");
    private static final Set<String> KNOWN = Set.of("topic", "match", "get_retained", "last_event_id");

    private final SessionPool sessions;
    private final ListenerLimits limits;

    EventRequestHandler(SessionPool sessions, ListenerLimits limits) {
        this.sessions = sessions;
        this.limits = limits;
    }

    /**
     * The parameters of a request.
     *
     * @param topic the topic or pattern
     * @param options the options of SUBSCRIBE
     * @param last the last event that the client received, or null
     */
    private record StreamParameters(
            String topic, ObjectNode options, @Nullable Long last) {
        static StreamParameters of(Request request) throws ProblemException {
            Fields query = query(request);
            for (Fields.Field field : query) {
                if (!KNOWN.contains(field.getName()) || field.getValues().size() > 1) {
                    throw invalid("The query may have topic, match, get_retained and last_event_id, each once.");
                }
            }
            String topic = query.getValue("topic");
            if (topic == null || topic.isEmpty()) {
                throw invalid("The query must have a topic, such as ?topic=com.example.one.");
            }
            ObjectNode options = WampJson.object();
            options.put("match", Objects.requireNonNullElse(query.getValue("match"), "exact"));
            options.put("get_retained", "true".equals(query.getValue("get_retained")));
            String header = request.getHeaders().get("Last-Event-ID");
            String last = header == null ? query.getValue("last_event_id") : header;
            if (last != null && !last.isEmpty() && !NUMBER.matcher(last).matches()) {
                throw invalid("Last-Event-ID must be the id of an event, which is a whole number.");
            }
            return new StreamParameters(topic, options, last == null || last.isEmpty() ? null : Long.valueOf(last));
        }

        private static Fields query(Request request) throws ProblemException {
            try {
                return Request.extractQueryParameters(request);
            } catch (RuntimeException undecodable) {
                throw invalid("The query is not a valid form of names and values in UTF-8.");
            }
        }

        private static ProblemException invalid(String detail) {
            return new ProblemException(HttpStatus.BAD_REQUEST_400, detail);
        }
    }

    /** Sends events until the client disconnects or the session ends. */
    void answer(Exchange exchange, RequestOrigin origin, String realm, Login login) throws ProblemException {
        StreamParameters wanted = StreamParameters.of(exchange.request());
        EventQueue queue = new EventQueue();
        switch (sessions.open(origin, realm, login, queue)) {
            case Admission.Refused refused -> throw new ProblemException(Problem.of(refused.reason()));
            case Admission.Admitted admitted -> {
                try {
                    long subscription = subscribe(admitted.session(), wanted);
                    stream(
                            exchange,
                            admitted.session(),
                            queue,
                            wanted,
                            missed(origin, realm, login, wanted, subscription));
                } finally {
                    queue.close();
                    admitted.release().run();
                }
            }
        }
    }

    private static long subscribe(GatewaySession session, StreamParameters wanted) throws ProblemException {
        return switch (session.subscribe(wanted.options(), wanted.topic())
                .reply()
                .join()) {
            case Reply.Accepted accepted -> accepted.id();
            case Reply.Failure failure -> throw new ProblemException(Problem.of(failure));
            case Reply.Result unexpected -> throw new IllegalStateException("a subscription has no result");
        };
    }

    /** Reads the events that a client missed between two streams. */
    @FunctionalInterface
    private interface History {
        /** Adds the events after the last event that the client received; returns a reader that knows which events it has added. */
        EventHistoryReader addTo(EventStreamResponse stream) throws IOException, InterruptedException;
    }

    private @Nullable History missed(
            RequestOrigin origin, String realm, Login login, StreamParameters wanted, long subscription) {
        Long last = wanted.last();
        if (last == null) {
            return null;
        }
        return stream -> {
            switch (sessions.take(origin, realm, login)) {
                case Admission.Refused refused -> throw new IOException("the history cannot be read");
                case Admission.Admitted admitted -> {
                    try {
                        EventHistoryReader missed = new EventHistoryReader(admitted.session(), subscription);
                        boolean isWhole = missed.read(last, (publication, event) -> {
                            stream.add(publication, past(wanted.topic(), event));
                            stream.send();
                        });
                        if (!isWhole) {
                            stream.addNamed("gap", WampJson.object().put("after", last));
                        }
                        return missed;
                    } finally {
                        admitted.release().run();
                    }
                }
            }
        };
    }

    private void stream(
            Exchange exchange,
            GatewaySession session,
            EventQueue queue,
            StreamParameters wanted,
            @Nullable History history) {
        EventStreamResponse stream = new EventStreamResponse(exchange, limits.stalledWriter());
        Duration silence = limits.pingInterval().dividedBy(2);
        session.onEnded(() -> queue.wake(WampJson.array()));
        try {
            stream.begin();
            EventHistoryReader missed = history == null ? null : history.addTo(stream);
            stream.send();
            while (!session.ended().isDone()) {
                List<ReceivedEvent> received = queue.take(silence);
                for (ReceivedEvent one : received) {
                    add(stream, wanted.topic(), one, missed);
                }
                if (received.isEmpty() && !session.ended().isDone()) {
                    stream.sendComment();
                } else {
                    stream.send();
                }
            }
            Reply.Failure reason = session.ended().join();
            stream.end(Problem.of(reason).json());
        } catch (IOException gone) {
            stream.abort(gone);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stream.abort(e);
        }
    }

    private static void add(
            EventStreamResponse stream,
            String subscribed,
            ReceivedEvent received,
            @Nullable EventHistoryReader missed) {
        Event event = Objects.requireNonNull(received.event());
        if (missed != null && missed.had(event.publication())) {
            return;
        }
        ObjectNode arguments = WampJson.object();
        arguments.set("args", received.arguments().path(0));
        arguments.set("kwargs", received.arguments().path(1));
        ObjectNode details = WampJson.object(event.details().toDict());
        String topic = event.details().topic() == null
                ? subscribed
                : event.details().topic().text();
        stream.add(event.publication(), EventStreamResponse.data(topic, details, arguments));
    }

    private static ObjectNode past(String subscribed, ObjectNode event) {
        ObjectNode details = event.path("details") instanceof ObjectNode map ? map : WampJson.object();
        String topic = details.path("topic").isTextual() ? details.path("topic").textValue() : subscribed;
        return EventStreamResponse.data(topic, details, event);
    }
}
