package io.junctor.conformance.cluster;

import static org.awaitility.Awaitility.await;

import io.junctor.client.RegisterOptions;
import io.junctor.client.Registration;
import io.junctor.client.Session;
import io.junctor.client.WampException;
import io.junctor.client.meta.RegistrationMetaApi;
import io.junctor.wamp.options.InvokePolicy;
import io.junctor.wamp.value.MatchPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;

/** Six sessions on three routers register a new procedure at the same time, with each policy. */
final class SameProcedure implements Experiment {
    private static final int SESSIONS = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String TAKEN = "wamp.error.procedure_already_exists";

    private final int rounds;
    private final List<Session> sessions = new ArrayList<>();
    private long wrongHolders;
    private long wrongOrders;
    private long wrongChoices;
    private Duration longest = Duration.ZERO;

    SameProcedure(int rounds) {
        this.rounds = rounds;
    }

    @Override
    public void run(ThreeRouters routers, Measurements measurements) {
        for (int i = 0; i < SESSIONS; i++) {
            sessions.add(ThreeRouters.join(routers.all().get(i % routers.all().size())));
        }
        InvokePolicy[] policies = InvokePolicy.values();
        for (int i = 0; i < rounds; i++) {
            round("same.procedure." + i, policies[i % policies.length]);
        }
        sessions.forEach(Session::close);
        measurements.count("rounds of " + rounds + " with not exactly one holder of single", wrongHolders, 0);
        measurements.count("rounds with another order of callees on another router", wrongOrders, 0);
        measurements.count("rounds with another first or last callee on another router", wrongChoices, 0);
        measurements.time("longest REGISTER", longest, Duration.ofSeconds(5));
    }

    private void round(String procedure, InvokePolicy policy) {
        long began = System.nanoTime();
        List<CompletableFuture<Registration>> registering = IntStream.range(0, SESSIONS)
                .mapToObj(i -> sessions.get(i)
                        .async()
                        .register(procedure, RegisterOptions.DEFAULT.shared(policy), invocation -> i))
                .toList();
        List<Registration> registered = new ArrayList<>();
        Set<Integer> holders = new HashSet<>();
        for (int i = 0; i < SESSIONS; i++) {
            try {
                registered.add(registering.get(i).orTimeout(1, TimeUnit.MINUTES).join());
                holders.add(i);
            } catch (CompletionException refused) {
                if (policy != InvokePolicy.SINGLE || !isTaken(refused)) {
                    throw refused;
                }
            }
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        longest = took.compareTo(longest) > 0 ? took : longest;
        if (policy == InvokePolicy.SINGLE) {
            Set<Integer> answered = answers(procedure);
            if (holders.size() != 1 || !answered.equals(holders)) {
                wrongHolders++;
                System.out.println(procedure + " is registered by " + holders + ", and " + answered + " answer");
            }
        } else {
            wrongOrders += hasSameOrder(procedure) ? 0 : 1;
            boolean isFixed = policy == InvokePolicy.FIRST || policy == InvokePolicy.LAST;
            wrongChoices += !isFixed || answers(procedure).size() == 1 ? 0 : 1;
        }
        CompletableFuture.allOf(
                        registered.stream().map(Registration::closeAsync).toArray(CompletableFuture<?>[]::new))
                .orTimeout(1, TimeUnit.MINUTES)
                .join();
    }

    private static boolean isTaken(CompletionException refused) {
        return refused.getCause() instanceof WampException error && error.uri().equals(TAKEN);
    }

    /** Who answers the callers of all routers. A router may hear of the registration later than its holder. */
    private Set<Integer> answers(String procedure) {
        Set<Integer> answers = new HashSet<>();
        for (Session session : sessions) {
            await("an answer of " + procedure).atMost(PATIENCE).until(() -> {
                try {
                    answers.add(session.call(procedure).as(Integer.class));
                    return true;
                } catch (WampException notYet) {
                    return false;
                }
            });
        }
        return answers;
    }

    private boolean hasSameOrder(String procedure) {
        try {
            await("the same callees on all routers")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> {
                        Set<List<Long>> orders = new HashSet<>();
                        for (Session session : sessions) {
                            RegistrationMetaApi meta = new RegistrationMetaApi(session);
                            orders.add(meta.lookup(procedure, MatchPolicy.EXACT).stream()
                                    .boxed()
                                    .flatMap(id -> meta.callees(id).stream())
                                    .toList());
                        }
                        return orders.size() == 1 && orders.iterator().next().size() == SESSIONS;
                    });
            return true;
        } catch (ConditionTimeoutException different) {
            return false;
        }
    }
}
