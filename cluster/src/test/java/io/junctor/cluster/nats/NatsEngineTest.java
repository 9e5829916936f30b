package io.junctor.cluster.nats;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.JournalContract;
import io.junctor.cluster.engine.LaneContract;
import io.junctor.cluster.engine.RecordsContract;
import io.junctor.cluster.engine.RouterId;
import io.junctor.testkit.process.NatsBinary;
import io.junctor.testkit.process.NatsServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The contracts of an engine on one NATS server. Each test has a cluster of its own. */
@Tag("interop")
class NatsEngineTest {
    @TempDir
    private static Path directory;

    private static NatsServer server;
    private static int clusters;
    private NatsEngines engines;

    @BeforeAll
    static void startServer() {
        NatsBinary.missing().ifPresent(Assumptions::abort);
        server = NatsServer.start(directory);
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void takeNewCluster() {
        engines = new NatsEngines(NatsSettings.of("test" + ++clusters, server.url()));
    }

    @Nested
    class Lanes extends LaneContract {
        @Override
        protected Engine open(RouterId router) {
            return engines.open(router);
        }
    }

    @Nested
    class StoredEntries extends JournalContract {
        @Override
        protected Engine open(RouterId router) {
            return engines.open(router);
        }

        @Override
        protected void pass(Duration time) throws InterruptedException {
            Thread.sleep(time);
        }
    }

    @Nested
    class StoredRecords extends RecordsContract {
        @Override
        protected Engine open(RouterId router) {
            return engines.open(router);
        }
    }
}
