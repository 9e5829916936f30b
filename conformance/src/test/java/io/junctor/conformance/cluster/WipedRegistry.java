package io.junctor.conformance.cluster;

import static org.awaitility.Awaitility.await;

import io.junctor.client.Session;
import io.junctor.client.WampException;
import io.junctor.cluster.registry.RegistryKeys;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.value.Uri;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The experiment wipes the stream of registrations, deletes single entries, and writes others. */
final class WipedRegistry implements Experiment {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final String STREAM = "junctor_experiments_registry";
    private static final String SUBJECTS = "junctor.experiments.1.r.registry.";
    private static final Pattern SEQUENCE = Pattern.compile("\"seq\":(\\d+)");
    private static final int PROCEDURES = 30;
    private static final int DELETED = 5;

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
            List<String> all = subjects(name, PROCEDURES);
            remove(nats, "PURGE", "");
            heals(nats, sessions, name, all, "wiped stream", measurements);

            List<String> deleted = subjects(name, DELETED);
            for (String subject : deleted) {
                remove(nats, "MSG.DELETE", "{\"seq\":" + sequence(nats, subject) + "}");
            }
            heals(nats, sessions, name, deleted, "deleted entries", measurements);

            long errorsBefore = errors(routers);
            nats.request(SUBJECTS + "x.p.planted", "not a record");
            nats.request(SUBJECTS + "x.c.1.planted.1", "not a row");
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

    /** The subjects of the entries of the first procedures; the callee of each stands in its record. */
    private static List<String> subjects(String name, int count) {
        RegistryKeys keys = new RegistryKeys(ClusterRouter.REALM);
        return IntStream.range(0, count)
                .mapToObj(i -> new Register(1, RegisterMessageOptions.DEFAULT, new Uri(name + "." + i)))
                .map(register -> SUBJECTS + keys.record(register))
                .toList();
    }

    private static void heals(
            RawNats nats,
            List<Session> sessions,
            String name,
            List<String> subjects,
            String what,
            Measurements measurements)
            throws Exception {
        long began = System.nanoTime();
        for (String subject : subjects) {
            await("the " + what + " heals")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> sequence(nats, subject) > 0);
        }
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

    private static void remove(RawNats nats, String how, String what) throws Exception {
        String answer = nats.request("$JS.API.STREAM." + how + "." + STREAM, what);
        if (!answer.contains("\"success\":true")) {
            throw new AssertionError(answer);
        }
    }

    /** The number of the message that is stored for a subject; 0 if there is none. */
    private static long sequence(RawNats nats, String subject) throws Exception {
        String answer = nats.request("$JS.API.STREAM.MSG.GET." + STREAM, "{\"last_by_subj\":\"" + subject + "\"}");
        Matcher matcher = SEQUENCE.matcher(answer);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }
}
