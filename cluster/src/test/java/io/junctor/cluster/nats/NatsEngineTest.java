package io.junctor.cluster.nats;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.LaneContract;
import io.junctor.cluster.engine.RouterId;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

@Tag("interop")
class NatsLaneTest extends LaneContract {
    @TempDir
    private static Path directory;

    private static NatsServer server;
    private static int clusters;
    private NatsEngines engines;

    @BeforeAll
    static void startServer() {
        server = NatsServer.start(directory);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void takeNewCluster() {
        engines = new NatsEngines(NatsSettings.of("test" + ++clusters, server.url()));
    }

    @Override
    protected Engine open(RouterId router) {
        return engines.open(router);
    }
}
