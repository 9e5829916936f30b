package io.junctor.server.yaml;

import io.junctor.router.config.ClusterConfig;
import io.junctor.router.config.RealmSharing;
import java.util.List;

/** How the router is one of several, and how a realm takes part in it. */
final class ClusterSection {
    private static final Key<String> NAME = Key.required(
            "name",
            ScalarType.matching(
                    "1 to 32 characters a-z 0-9 - _",
                    name -> ClusterConfig.NAME.matcher(name).matches()));
    private static final Key<String> NODE = Key.withDefault(
            "node", ScalarType.matching("one line of text", node -> node.lines().count() <= 1), "");
    private static final Key<Boolean> REQUIRED = Key.withDefault("required", ScalarType.BOOLEAN, false);
    private static final Key<ClusterConfig.Builder> NATS = Key.required("nats", NatsSection.SECTION);

    static final Section<ClusterConfig> SECTION = Section.of(
            "a map such as { name: plant, nats: { servers: [\"nats://localhost:4222\"] } }",
            List.of(NAME, NODE, REQUIRED, NATS),
            values -> values.get(NATS)
                    .name(values.get(NAME))
                    .node(values.get(NODE))
                    .required(values.get(REQUIRED))
                    .build());

    private static final Key<Boolean> SHARE = Key.withDefault("share", ScalarType.BOOLEAN, true);
    private static final Key<RealmSharing.SubscribeAck> SUBSCRIBE_ACK =
            Key.oneOf("subscribe_ack", RealmSharing.DEFAULT.subscribeAck());
    private static final Key<String> ENGINE_LOST = Key.withDefault(
            "engine_lost",
            ScalarType.matching("suspend ('serve' and 'leave' are not there yet)", "suspend"::equals),
            "suspend");

    /** The part of a realm. */
    static final Section<RealmSharing> REALM = Section.of(
            "a map such as { share: false }",
            List.of(SHARE, SUBSCRIBE_ACK, ENGINE_LOST),
            values -> new RealmSharing(values.get(SHARE), values.get(SUBSCRIBE_ACK)));

    private ClusterSection() {}
}
