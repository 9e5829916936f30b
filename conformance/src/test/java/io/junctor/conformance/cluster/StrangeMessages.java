package io.junctor.conformance.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.junctor.client.Args;
import io.junctor.client.PublishOptions;
import io.junctor.client.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;

/** Something else on NATS sends what no router would, to all subjects that a router hears. */
final class StrangeMessages implements Experiment {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String UNREADABLE = "junctor_cluster_messages_dropped_total";
    private static final String TOPIC = "strange.messages";
    private static final int LEAST_VERSION_BYTE = 2;
    private static final int ROUTER_BYTES = 4;
    private static final int LEAST_FRAME_BYTES = 20;

    @Override
    public void run(ThreeRouters routers, Measurements measurements) throws Exception {
        ClusterRouter a = routers.a();
        int server = routers.serverOf(a, "events");
        double droppedBefore = a.metric(UNREADABLE);
        long errorsBefore = errors(routers);
        Set<String> elsewhere = new ConcurrentSkipListSet<>();
        AtomicInteger here = new AtomicInteger();
        try (RawNats nats = new RawNats(routers.servers().get(server).port());
                Session subscriber = ThreeRouters.join(a);
                Session stranger = ThreeRouters.join(a, ClusterRouter.HASTY_REALM);
                Session publisher = ThreeRouters.join(routers.b())) {
            subscriber.subscribe(TOPIC, event -> here.incrementAndGet());
            List<String> own = routers.servers().subjects(server, TOPIC);
            stranger.subscribe(TOPIC, event -> elsewhere.add(event.argument(0, String.class)));
            // The other realm acknowledges subscriptions before NATS has them.
            List<String> both = await("two subjects of one topic")
                    .atMost(PATIENCE)
                    .until(() -> routers.servers().subjects(server, TOPIC), found -> found.size() > own.size());
            measurements.count("subjects of one topic in two realms", both.size(), 2);
            String other = both.stream()
                    .filter(subject -> !own.contains(subject))
                    .findFirst()
                    .orElseThrow();

            nats.subscribe(own.getFirst());
            publisher.publish(TOPIC, Args.of("secret"), PublishOptions.DEFAULT.acknowledged());
            byte[] frame = nats.next();
            await().atMost(PATIENCE).until(() -> here.get() == 1);
            // The same from an unknown router, for another realm.
            ByteBuffer.wrap(frame).putLong(ROUTER_BYTES, 1);
            nats.publish(other, frame);
            publishBadFrames(nats, allSubjects(routers), frame);
            await("the messages are counted").atMost(PATIENCE).until(() -> a.metric(UNREADABLE) > droppedBefore);
            publisher.register(TOPIC, invocation -> "answer");
            measurements.count(
                    "calls across routers afterwards",
                    subscriber.call(TOPIC).as(String.class).equals("answer") ? 1 : 0,
                    1);
            publisher.publish(TOPIC, Args.of("last"), PublishOptions.DEFAULT.acknowledged());
            await("an event afterwards").atMost(PATIENCE).until(() -> here.get() >= 2);
        }
        measurements.atLeast("messages dropped and counted", Math.round(a.metric(UNREADABLE) - droppedBefore), 3);
        measurements.count("events that came into another realm", elsewhere.size(), 0);
        routers.awaitReady();
        measurements.count("errors in the logs", errors(routers) - errorsBefore, 0);
    }

    private static long errors(ThreeRouters routers) {
        return routers.all().stream()
                .mapToLong(router -> router.logged(" ERROR "))
                .sum();
    }

    /** What the routers hear on any server. */
    private static Set<String> allSubjects(ThreeRouters routers) {
        Set<String> all = new TreeSet<>();
        for (int server = 0; server < NatsServers.SERVERS; server++) {
            all.addAll(routers.servers().subjects(server, ""));
        }
        return all;
    }

    private static void publishBadFrames(RawNats nats, Set<String> subjects, byte[] frame) throws IOException {
        byte[] tooNew = frame.clone();
        tooNew[LEAST_VERSION_BYTE] = 99;
        long unknownRouter = 2;
        for (String subject : subjects) {
            for (byte[] bytes : List.of(new byte[0], "no frame at all, but a text".getBytes(UTF_8), tooNew)) {
                nats.publish(subject, bytes);
            }
            for (int length = LEAST_FRAME_BYTES; length < frame.length; length++) {
                byte[] cutShort = Arrays.copyOf(frame, length);
                ByteBuffer.wrap(cutShort).putLong(ROUTER_BYTES, unknownRouter++);
                nats.publish(subject, cutShort);
            }
        }
        nats.flush();
    }
}
