package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.junctor.client.Args;
import io.junctor.client.Client;
import io.junctor.client.Event;
import io.junctor.client.Invocation;
import io.junctor.client.PublishOptions;
import io.junctor.client.RegisterOptions;
import io.junctor.client.Result;
import io.junctor.client.Session;
import io.junctor.client.WampException;
import io.junctor.wamp.options.InvokePolicy;
import io.junctor.wamp.value.Serializer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The Java client with the behavior of {@code interop/part.js}. For one thread. */
final class JavaInteropClient implements InteropClient {
    private static final String EVENTS = "interop.events";
    private static final String REFUSED = "interop.error.refused";
    private static final int PATIENCE_SECONDS = 45;

    private final String name;
    private final Session session;
    private final Map<String, CompletableFuture<Event>> heard = new ConcurrentHashMap<>();
    private List<String> peers = List.of();

    private JavaInteropClient(String name, Session session) {
        this.name = name;
        this.session = session;
    }

    static JavaInteropClient join(String name, String url, Serializer serializer) {
        Session session = Client.builder(url)
                .realm("realm1")
                .serializers(serializer)
                .build()
                .join();
        JavaInteropClient part = new JavaInteropClient(name, session);
        session.subscribe(
                EVENTS, event -> part.heard(event.keyword("from", String.class)).complete(event));
        session.register("interop." + name + ".echo", JavaInteropClient::echo);
        session.register("interop." + name + ".refuse", invocation -> {
            throw new WampException(REFUSED, Args.of(name).with("code", 7));
        });
        return part;
    }

    /** Publishes on demand: to the topic that is the first argument, the other arguments. */
    void offerToRepeat() {
        session.register("interop." + name + ".repeat", invocation -> {
            Object[] rest = invocation.arguments().stream().skip(1).toArray();
            String topic = invocation.argument(0, String.class);
            session.publish(topic, args(rest, invocation.keywords()), PublishOptions.DEFAULT.acknowledged());
            return null;
        });
    }

    /** On demand: registers a procedure that others may register too, leaves a retained event, counts by progressive results. */
    void offerToTakePart() {
        session.register("interop." + name + ".share", invocation -> {
            session.register(
                    invocation.argument(0, String.class),
                    RegisterOptions.DEFAULT.shared(InvokePolicy.ROUND_ROBIN),
                    call -> name);
            return null;
        });
        session.register("interop." + name + ".keep", invocation -> {
            session.publish(
                    invocation.argument(0, String.class),
                    Args.of(invocation.argument(1, String.class)),
                    PublishOptions.DEFAULT.acknowledged().retained());
            return null;
        });
        session.register("interop." + name + ".count", invocation -> {
            int most = invocation.argument(0, Integer.class);
            invocation.progress().ifPresent(progress -> IntStream.range(1, most).forEach(progress::send));
            return most;
        });
    }

    private static Args echo(Invocation invocation) {
        return args(invocation.arguments().toArray(), invocation.keywords());
    }

    private static Args args(@Nullable Object[] positional, Map<String, @Nullable Object> keywords) {
        Args args = Args.of(positional);
        for (Map.Entry<String, @Nullable Object> keyword : keywords.entrySet()) {
            args = args.with(keyword.getKey(), keyword.getValue());
        }
        return args;
    }

    private static Args argumentsOf(String sender) {
        List<Integer> list = List.of(1, 2);
        byte[] bytes = {0, -1, 16};
        return Args.of(sender, 42, -7, 1.5, "grüße", true, null, list, Map.of("k", "v"), bytes)
                .with("from", sender)
                .with("nested", Map.of("list", List.of(1, "zwei")));
    }

    private CompletableFuture<Event> heard(String sender) {
        return heard.computeIfAbsent(sender, unheard -> new CompletableFuture<>());
    }

    @Override
    public String name() {
        return name;
    }

    /** The client is ready from the start. */
    @Override
    public void awaitReady() {
        assertThat(session.isOpen()).isTrue();
    }

    @Override
    public void meet(List<String> all) {
        peers = List.copyOf(all);
        session.publish(EVENTS, argumentsOf(name), PublishOptions.DEFAULT.acknowledged());
        peers.forEach(this::call);
    }

    private void call(String peer) {
        Args sent = argumentsOf(name);
        Result result = echoOf(peer, sent);
        assertThat(plain(result.arguments())).as("echo of " + peer).isEqualTo(plain(sent.positional()));
        assertThat(plain(result.keywords())).as("echo of " + peer).isEqualTo(plain(sent.keywords()));
        WampException refusal =
                catchThrowableOfType(WampException.class, () -> session.call("interop." + peer + ".refuse"));
        assertThat(refusal).as("refusal of " + peer).isNotNull();
        assertThat(refusal.uri()).isEqualTo(REFUSED);
        assertThat(refusal.arguments()).containsExactly(peer);
        assertThat(plain(refusal.keywords())).isEqualTo(plain(Map.of("code", 7)));
    }

    private Result echoOf(String peer, Args sent) {
        try {
            return session.call("interop." + peer + ".echo", sent);
        } catch (WampException e) {
            throw new AssertionError("the echo of " + peer + " failed", e);
        }
    }

    @Override
    public void awaitDone() {
        for (String peer : peers) {
            Event event =
                    heard(peer).orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
            Args sent = argumentsOf(peer);
            assertThat(plain(event.arguments())).as("event of " + peer).isEqualTo(plain(sent.positional()));
            assertThat(plain(event.keywords())).as("event of " + peer).isEqualTo(plain(sent.keywords()));
        }
    }

    @Override
    public void leave() {
        session.close();
        assertThat(session.awaitLeave().reason()).isEqualTo("wamp.close.close_realm");
    }

    @Override
    public void close() {
        session.close();
    }

    /** The value in a form that can be compared, whatever types a serialization chose for it. */
    private static String plain(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case byte[] bytes -> "bytes " + HexFormat.of().formatHex(bytes);
            case Object[] array -> plain(Arrays.asList(array));
            case List<?> list ->
                list.stream().map(JavaInteropClient::plain).toList().toString();
            case Map<?, ?> map -> {
                Map<String, String> sorted = new TreeMap<>();
                map.forEach((key, one) -> sorted.put(String.valueOf(key), plain(one)));
                yield sorted.toString();
            }
            default -> value.toString();
        };
    }

    @Override
    public String toString() {
        return name;
    }
}
