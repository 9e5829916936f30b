package io.junctor.conformance.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.junctor.client.Session;
import io.junctor.client.WampException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The experiment wipes the stream of registrations, deletes single entries, and writes others. */
final class WipedRegistry implements Experiment {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final String STREAM = "junctor_experiments_registry";
    private static final Pattern MESSAGES = Pattern.compile("\"messages\":(\\d+)");
    private static final Pattern LAST = Pattern.compile("\"last_seq\":(\\d+)");
    private static final int PROCEDURES = 30;

    @Override
    public void run(ThreeRouters routers, Measurements measurements) throws Exception {
        String name = "wiped.registry." + routers.random().nextInt(1 << 30);
        List<Session> sessions = new ArrayList<>();
        for (ClusterRouter router : routers.all()) {
            sessions.add(ThreeRouters.join(router));
        }
        try (RawNats nats = new RawNats(routers.servers().get(0).port())) {
            for (int i = 0; i < PROCEDURES; i++) {
                int number = i;
                sessions.get(i % sessions.size()).register(name + "." + i, invocation -> number);
            }
            // A record and a row of each callee, without the marks of deleted ones that the stream has, too.
            long before = 2 * Math.round(routers.a().metric("junctor_cluster_registry_entries"));
            nats.request("$JS.API.STREAM.PURGE." + STREAM, "");
            heals(nats, sessions, name, before, "wiped stream", measurements);

            long last = number(nats, LAST);
            for (int i = 0; i < 5; i++) {
                nats.request("$JS.API.STREAM.MSG.DELETE." + STREAM, "{\"seq\":" + (last - i) + "}");
            }
            heals(nats, sessions, name, before, "deleted entries", measurements);

            long errorsBefore = errors(routers);
            nats.request("junctor.experiments.1.r.registry.x.p.planted", "not a record");
            nats.request("junctor.experiments.1.r.registry.x.c.1.planted.1", "not a row");
            measurements.count("wrong answers with planted entries", wrongAnswers(sessions, name), 0);
            sessions.getFirst().register(name + ".afterwards", invocation -> 1);
            measurements.count(
                    "registration with planted entries",
                    sessions.getLast().call(name + ".afterwards").as(Integer.class),
                    1);
            routers.awaitReady();
            measurements.count("errors in the logs", errors(routers) - errorsBefore, 0);
        }
        sessions.forEach(Session::close);
    }

    private static void heals(
            RawNats nats, List<Session> sessions, String name, long entries, String what, Measurements measurements)
            throws Exception {
        long began = System.nanoTime();
        await("the " + what + " heals")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> number(nats, MESSAGES) >= entries);
        await("all procedures are taken")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> wrongAnswers(sessions, name) == 0 && isTaken(sessions, name));
        measurements.time(what + ": healed", Duration.ofNanos(System.nanoTime() - began), BOUND);
    }

    private static boolean isTaken(List<Session> sessions, String name) {
        for (int i = 0; i < PROCEDURES; i++) {
            try {
                sessions.get((i + 1) % sessions.size())
                        .register(name + "." + i, invocation -> -1)
                        .close();
                return false;
            } catch (WampException refused) {
                if (!refused.uri().equals("wamp.error.procedure_already_exists")) {
                    return false;
                }
            }
        }
        return true;
    }

    private static long wrongAnswers(List<Session> sessions, String name) {
        long wrong = 0;
        for (Session session : sessions) {
            for (int i = 0; i < PROCEDURES; i++) {
                try {
                    wrong += session.call(name + "." + i).as(Integer.class) == i ? 0 : 1;
                } catch (WampException refused) {
                    wrong++;
                }
            }
        }
        return wrong;
    }

    private static long errors(ThreeRouters routers) {
        return routers.all().stream()
                .mapToLong(router -> router.logged(" ERROR "))
                .sum();
    }

    private static long number(RawNats nats, Pattern pattern) throws Exception {
        Matcher matcher = pattern.matcher(
                new String(nats.request("$JS.API.STREAM.INFO." + STREAM, "").getBytes(UTF_8), UTF_8));
        if (!matcher.find()) {
            throw new AssertionError("no information about " + STREAM);
        }
        return Long.parseLong(matcher.group(1));
    }
}
