package io.junctor.conformance;

import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.testkit.MemoryTransport;
import io.junctor.testkit.Peer;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.Serializer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A model of a realm in a few maps: subscriptions, registrations and open calls. Each operation is sent to the router and applied to the
 * maps, which then hold the messages that each client must receive. For one thread.
 */
final class RealmModel {
    private static final int CLIENTS = 6;
    private static final List<String> URIS = List.of("one", "two", "three");
    private static final Map<String, Object> NONE = Map.of();
    private static final String CANCELED = "wamp.error.canceled";

    private static final class Client {
        final Peer peer;
        final boolean cancelable;
        final Deque<Consumer<List<@Nullable Object>>> expected = new ArrayDeque<>();
        final Map<String, Long> subscriptionByTopic = new LinkedHashMap<>();
        final Map<String, Long> registrationByProcedure = new LinkedHashMap<>();
        long lastRequest;
        long lastInvocation;
        boolean paused;

        Client(Peer peer, boolean cancelable) {
            this.peer = peer;
            this.cancelable = cancelable;
        }

        MemoryTransport link() {
            return (MemoryTransport) peer.transport();
        }
    }

    private record OpenCall(Client caller, long request, Client callee, long invocation) {}

    private final TestRouter router;
    private final Random random;
    private final List<Client> clients = new ArrayList<>();
    private final Map<String, Set<Client>> audienceByTopic = new HashMap<>();
    private final Map<String, Client> calleeByProcedure = new HashMap<>();
    private final List<OpenCall> calls = new ArrayList<>();
    private long said;

    RealmModel(TestRouter router, Random random) {
        this.router = router;
        this.random = random;
    }

    /** Lets one more client join, always below two clients and sometimes below six. */
    void maybeJoin() {
        if (clients.size() < 2 || (clients.size() < CLIENTS && random.nextInt(4) == 0)) {
            Serializer serializer = Serializer.values()[random.nextInt(3)];
            boolean cancelable = random.nextBoolean();
            Peer peer = new Peer(MemoryTransport.open(router.acceptor(), serializer, ListenerLimits.DEFAULT));
            Set<Feature> features = cancelable ? Set.of(Feature.CALL_CANCELING) : Set.of();
            peer.join(Testbed.REALM, new Roles(Map.of(Role.CALLEE, features)));
            clients.add(new Client(peer, cancelable));
        }
    }

    /** Runs one random operation of a random client. */
    void doSomething() {
        if (clients.isEmpty()) {
            return;
        }
        Client client = any(clients);
        switch (random.nextInt(20)) {
            case 0, 1 -> subscribe(client, any(URIS));
            case 2 -> unsubscribe(client, any(URIS));
            case 3, 4, 5, 6 -> publish(client, any(URIS));
            case 7, 8 -> register(client, any(URIS));
            case 9 -> unregister(client, any(URIS));
            case 10, 11, 12 -> call(client, any(URIS));
            case 13, 14, 15, 16 -> answer(random.nextInt(4) == 0);
            case 17 -> cancel();
            case 18 -> pauseOrResume(client);
            default -> leave(client);
        }
    }

    /** Checks that each client that reads received exactly the expected messages. */
    void listen() {
        clients.stream().filter(client -> !client.paused).forEach(RealmModel::listen);
    }

    /** Lets all clients leave. */
    void end() {
        for (Client client : List.copyOf(clients)) {
            leaveBy(client, random.nextInt(3));
        }
        calls.clear();
    }

    private static void listen(Client client) {
        while (!client.expected.isEmpty()) {
            client.expected.remove().accept(client.peer.expectList());
        }
        check(client.link().unreadMessages() == 0, "an unexpected message");
    }

    // ---- Publish and subscribe.

    private void subscribe(Client client, String topic) {
        long request = request(client, 32, NONE, topic);
        Set<Client> audience = audienceByTopic.computeIfAbsent(topic, unused -> new LinkedHashSet<>());
        audience.add(client);
        client.subscriptionByTopic.putIfAbsent(topic, 0L);
        expect(client, message -> {
            begins(message, 33L, request);
            client.subscriptionByTopic.computeIfPresent(topic, (unused, id) -> (Long) message.get(2));
        });
    }

    private void unsubscribe(Client client, String topic) {
        Long subscription = client.subscriptionByTopic.get(topic);
        if (subscription == null) {
            long request = request(client, 34, 4_711);
            expect(client, message -> begins(message, 8L, 34L, request, NONE, "wamp.error.no_such_subscription"));
        } else if (subscription != 0) {
            long request = request(client, 34, subscription);
            client.subscriptionByTopic.remove(topic);
            audience(topic).remove(client);
            expect(client, message -> begins(message, 35L, request));
        }
    }

    private void publish(Client client, String topic) {
        boolean acknowledge = random.nextBoolean();
        boolean excludeMe = random.nextInt(3) > 0;
        long text = ++said;
        long request =
                request(client, 16, Map.of("acknowledge", acknowledge, "exclude_me", excludeMe), topic, List.of(text));
        if (acknowledge) {
            expect(client, message -> begins(message, 17L, request));
        }
        for (Client receiver : audience(topic)) {
            if (receiver != client || !excludeMe) {
                expect(receiver, message -> ends(message, 36L, List.of(text)));
            }
        }
    }

    // ---- Calls.

    private void register(Client client, String procedure) {
        Client holder = calleeByProcedure.get(procedure);
        if (holder != null && holder != client) {
            // The answer comes after the holder has answered a ping: later in the same pass, or much later.
            return;
        }
        long request = request(client, 64, NONE, procedure);
        if (calleeByProcedure.putIfAbsent(procedure, client) == null) {
            client.registrationByProcedure.put(procedure, 0L);
            expect(client, message -> {
                begins(message, 65L, request);
                client.registrationByProcedure.computeIfPresent(procedure, (unused, id) -> (Long) message.get(2));
            });
        } else {
            expect(client, message -> begins(message, 8L, 64L, request, NONE, "wamp.error.procedure_already_exists"));
        }
    }

    private void unregister(Client client, String procedure) {
        Long registration = client.registrationByProcedure.get(procedure);
        if (registration == null) {
            long request = request(client, 66, 4_711);
            expect(client, message -> begins(message, 8L, 66L, request, NONE, "wamp.error.no_such_registration"));
        } else if (registration != 0) {
            long request = request(client, 66, registration);
            client.registrationByProcedure.remove(procedure);
            calleeByProcedure.remove(procedure);
            expect(client, message -> begins(message, 67L, request));
        }
    }

    private void call(Client client, String procedure) {
        long text = ++said;
        long request = request(client, 48, NONE, procedure, List.of(text));
        Client callee = calleeByProcedure.get(procedure);
        if (callee == null) {
            expect(client, message -> begins(message, 8L, 48L, request, NONE, "wamp.error.no_such_procedure"));
        } else {
            long invocation = ++callee.lastInvocation;
            calls.add(new OpenCall(client, request, callee, invocation));
            expect(callee, message -> {
                begins(message, 68L, invocation);
                ends(message, 68L, List.of(text));
            });
        }
    }

    private void answer(boolean fail) {
        if (!calls.isEmpty()) {
            OpenCall call = any(calls);
            calls.remove(call);
            long text = ++said;
            if (fail) {
                call.callee.peer.sendList(8, 68, call.invocation, NONE, "com.example.error", List.of(text));
                expect(call.caller, message -> {
                    begins(message, 8L, 48L, call.request, NONE, "com.example.error");
                    ends(message, 8L, List.of(text));
                });
            } else {
                call.callee.peer.sendList(70, call.invocation, NONE, List.of(text));
                expect(call.caller, message -> {
                    begins(message, 50L, call.request);
                    ends(message, 50L, List.of(text));
                });
            }
        }
    }

    private void cancel() {
        if (!calls.isEmpty()) {
            OpenCall call = any(calls);
            calls.remove(call);
            call.caller.peer.sendList(49, call.request, NONE);
            interrupt(call);
            expect(call.caller, message -> begins(message, 8L, 48L, call.request, NONE, CANCELED));
        }
    }

    private void interrupt(OpenCall call) {
        if (call.callee.cancelable) {
            expect(call.callee, message -> begins(message, 69L, call.invocation));
        }
    }

    // ---- Pausing and leaving.

    private static void pauseOrResume(Client client) {
        if (client.paused) {
            client.link().resumeReading();
        } else {
            client.link().stopReading();
        }
        client.paused = !client.paused;
    }

    private void leave(Client client) {
        if (random.nextInt(3) == 0) {
            leaveBy(client, client.expected.isEmpty() ? random.nextInt(3) : 2);
        }
    }

    private void leaveBy(Client client, int way) {
        if (client.paused) {
            pauseOrResume(client);
        }
        clients.remove(client);
        audienceByTopic.values().forEach(audience -> audience.remove(client));
        calleeByProcedure.values().removeIf(callee -> callee == client);
        switch (way) {
            case 0 -> client.peer.sendList(6, NONE, "wamp.close.close_realm");
            case 1 -> client.peer.sendList("nonsense");
            default -> client.peer.cut();
        }
        endCallsOf(client);
        client.peer.cut();
    }

    private void endCallsOf(Client client) {
        List<OpenCall> ended = calls.stream()
                .filter(call -> call.caller == client || call.callee == client)
                .toList();
        calls.removeAll(ended);
        // The order of different calls is not defined.
        Map<Client, Set<Long>> errors = new LinkedHashMap<>();
        Map<Client, Set<Long>> interrupts = new LinkedHashMap<>();
        for (OpenCall call : ended) {
            if (call.caller != client) {
                errors.computeIfAbsent(call.caller, unused -> new HashSet<>()).add(call.request);
            } else if (call.callee != client && call.callee.cancelable) {
                interrupts
                        .computeIfAbsent(call.callee, unused -> new HashSet<>())
                        .add(call.invocation);
            }
        }
        interrupts.forEach(
                (callee, invocations) -> expectAll(callee, invocations, List.of(69L), Map.of("mode", "killnowait")));
        errors.forEach((caller, requests) -> expectAll(caller, requests, List.of(8L, 48L), CANCELED));
    }

    /** Expects one message for each id, in any order. */
    private static void expectAll(Client client, Set<Long> ids, List<Long> beginning, Object mentioned) {
        for (int i = ids.size(); i > 0; i--) {
            expect(client, message -> {
                begins(message, beginning.toArray());
                Object id = message.get(beginning.size());
                check(id instanceof Long number && ids.remove(number), "another id than " + ids + " in " + message);
                check(message.contains(mentioned), "no " + mentioned + " in " + message);
            });
        }
    }

    // ---- Helpers.

    private static long request(Client client, int type, Object... rest) {
        Object[] message = new Object[rest.length + 2];
        message[0] = type;
        message[1] = ++client.lastRequest;
        System.arraycopy(rest, 0, message, 2, rest.length);
        client.peer.sendList(message);
        return client.lastRequest;
    }

    private static void expect(Client client, Consumer<List<@Nullable Object>> check) {
        client.expected.add(check);
    }

    private Set<Client> audience(String topic) {
        return audienceByTopic.getOrDefault(topic, Set.of());
    }

    private static void begins(List<@Nullable Object> message, Object... elements) {
        List<?> beginning = message.subList(0, Math.min(message.size(), elements.length));
        check(beginning.equals(List.of(elements)), "expected " + List.of(elements) + ".., got " + message);
    }

    private static void ends(List<@Nullable Object> message, long type, Object last) {
        check(
                message.getFirst() instanceof Long code && code == type && last.equals(message.getLast()),
                "expected a message " + type + " with " + last + ", got " + message);
    }

    private static void check(boolean holds, String problem) {
        if (!holds) {
            throw new AssertionError(problem);
        }
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
