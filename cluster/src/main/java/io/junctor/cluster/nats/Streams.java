package io.junctor.cluster.nats;

import static io.nats.client.support.NatsJetStreamConstants.EXPECTED_LAST_SUB_SEQ_HDR;
import static io.nats.client.support.NatsJetStreamConstants.MSG_TTL_HDR;

import io.junctor.cluster.engine.EngineException;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.Store;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.api.Republish;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the streams of a cluster if they are absent, and checks that the streams and the server have the features that records need.
 * Thread-safe; its methods block.
 */
final class Streams {
    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);
    private static final int NO_STREAM = 10_059;
    private static final int NO_CLUSTER = 10_074;
    private static final int NO_PEERS = 10_005;
    private static final int USUAL_REPLICAS = 3;
    private static final int WRONG_REVISION = 10_071;
    private static final int BEING_CHANGED = 10_164;
    /** The timeout of requests that are retried at once. */
    private static final Duration SHORT_PATIENCE = Duration.ofSeconds(1);

    private final NatsSettings settings;
    private final Names names;
    private final JetStreamManagement management;
    private final JetStream stream;
    private final JetStream sources;
    private int replicas;

    /** @param patience how long a request to a stream waits for its answer */
    Streams(NatsSettings settings, Names names, Connection connection, Duration patience) throws IOException {
        this.settings = settings;
        this.names = names;
        this.management = connection.jetStreamManagement(waiting(patience));
        this.stream = connection.jetStream(waiting(patience));
        this.sources = connection.jetStream(waiting(SHORT_PATIENCE));
        this.replicas = settings.replicas() == 0 ? USUAL_REPLICAS : settings.replicas();
    }

    JetStreamManagement management() {
        return management;
    }

    JetStream stream() {
        return stream;
    }

    /** For subscriptions to messages of a stream; a request waits only one second for its answer. */
    JetStream sources() {
        return sources;
    }

    /**
     * Creates or checks the stream of a store.
     *
     * @throws EngineException if the stream cannot be created, or exists with other settings
     */
    synchronized void open(Store store) throws IOException {
        try {
            check(
                    store,
                    management.getStreamInfo(names.stream(store)).getConfiguration(),
                    configuration(store, replicas));
        } catch (JetStreamApiException refused) {
            if (refused.getApiErrorCode() != NO_STREAM) {
                throw refusal(store, refused);
            }
            create(store);
        }
    }

    /**
     * Returns the stream of a store; creates it again if it was deleted.
     *
     * @throws EngineException if the stream cannot be created
     */
    StreamInfo existing(Store store) throws IOException, JetStreamApiException {
        try {
            return management.getStreamInfo(names.stream(store));
        } catch (JetStreamApiException refused) {
            if (refused.getApiErrorCode() != NO_STREAM) {
                throw refused;
            }
            LOG.warn("the stream {} is gone, and is made again", names.stream(store));
            open(store);
            return management.getStreamInfo(names.stream(store));
        }
    }

    /**
     * Tests the features of the server that records need: it must refuse to create the same record twice, and must accept a time to live.
     *
     * @throws EngineException if the server behaves otherwise
     */
    void prove(Store store, RouterId router) throws IOException {
        String subject = names.proof(store, router);
        try {
            stream.publish(subject, proof(), new byte[0]);
        } catch (JetStreamApiException refused) {
            throw refusal(store, refused);
        }
        try {
            stream.publish(subject, proof(), new byte[0]);
        } catch (JetStreamApiException refused) {
            if (isOfOtherRevision(refused)) {
                return;
            }
            throw refusal(store, refused);
        }
        throw new EngineException(
                "the NATS server accepted a record twice that must be new (stream " + names.stream(store)
                        + "), so it cannot decide between routers; use nats-server 2.11 or newer",
                false);
    }

    /** Whether a write was refused because the record has another revision than the writer expects, or is about to have one. */
    static boolean isOfOtherRevision(JetStreamApiException refused) {
        return refused.getApiErrorCode() == WRONG_REVISION || refused.getApiErrorCode() == BEING_CHANGED;
    }

    private static JetStreamOptions waiting(Duration patience) {
        return JetStreamOptions.builder().requestTimeout(patience).build();
    }

    private static Headers proof() {
        return new Headers().add(EXPECTED_LAST_SUB_SEQ_HDR, "0").add(MSG_TTL_HDR, "1");
    }

    private void create(Store store) throws IOException {
        try {
            management.addStream(configuration(store, replicas));
        } catch (JetStreamApiException refused) {
            int code = refused.getApiErrorCode();
            if (settings.replicas() != 0 || replicas == 1 || (code != NO_CLUSTER && code != NO_PEERS)) {
                throw refusal(store, refused);
            }
            LOG.warn(
                    "what the cluster {} stores has one replica, because the NATS servers allow no {}: {}",
                    settings.cluster(),
                    replicas,
                    refused.getErrorDescription());
            replicas = 1;
            create(store);
        }
    }

    private StreamConfiguration configuration(Store store, int copies) {
        StreamConfiguration.Builder common = StreamConfiguration.builder()
                .name(names.stream(store))
                .subjects(names.records(store) + ">", names.root() + ".p." + Names.name(store) + ".>")
                .storageType(StorageType.File)
                .replicas(copies)
                .allowDirect(false)
                .allowMessageTtl();
        if (store == Store.HISTORY) {
            return common.description("Histories of a Junctor cluster").build();
        }
        return common.description("Records of a Junctor cluster")
                .maxMessagesPerSubject(1)
                .republish(Republish.builder()
                        .source(">")
                        .destination(names.followed(store) + ">")
                        .build())
                .build();
    }

    private void check(Store store, StreamConfiguration found, StreamConfiguration wanted) {
        List<String> wrong = new ArrayList<>();
        compare(wrong, "subjects", found.getSubjects(), wanted.getSubjects());
        compare(wrong, "storage", found.getStorageType(), wanted.getStorageType());
        compare(wrong, "max_msgs_per_subject", found.getMaxMsgsPerSubject(), wanted.getMaxMsgsPerSubject());
        compare(wrong, "max_msgs", found.getMaxMsgs(), wanted.getMaxMsgs());
        compare(wrong, "max_age", found.getMaxAge(), wanted.getMaxAge());
        compare(wrong, "allow_direct", found.getAllowDirect(), wanted.getAllowDirect());
        compare(wrong, "allow_msg_ttl", found.getAllowMessageTtl(), wanted.getAllowMessageTtl());
        compare(wrong, "republish", destination(found), destination(wanted));
        if (settings.replicas() != 0) {
            compare(wrong, "num_replicas", found.getReplicas(), wanted.getReplicas());
        }
        if (!wrong.isEmpty()) {
            throw new EngineException(
                    "the stream " + names.stream(store) + " has other settings than a cluster needs: "
                            + String.join("; ", wrong) + ". Change or delete the stream",
                    false);
        }
    }

    private static String destination(StreamConfiguration configuration) {
        Republish republish = configuration.getRepublish();
        return republish == null ? "none" : republish.getSource() + " to " + republish.getDestination();
    }

    private static void compare(List<String> wrong, String setting, Object found, Object wanted) {
        if (!Objects.equals(found, wanted)) {
            wrong.add(setting + " is " + found + ", must be " + wanted);
        }
    }

    private EngineException refusal(Store store, JetStreamApiException refused) {
        return new EngineException(
                "NATS refused the stream " + names.stream(store) + ": " + refused.getErrorDescription() + " (error "
                        + refused.getApiErrorCode() + ")",
                false);
    }
}
