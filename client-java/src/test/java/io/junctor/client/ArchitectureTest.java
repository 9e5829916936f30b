package io.junctor.client;

import io.junctor.house.OwnClasses;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final OwnClasses CLIENT = OwnClasses.of("io.junctor.client");

    @Test
    void theWholeModuleIsScanned() {
        CLIENT.countIsAtLeast(35);
    }

    @Test
    void packagesFormNoCycle() {
        CLIENT.haveNoPackageCycles();
    }

    @Test
    void theEngineKnowsNothingOfTheApiAboveIt() {
        CLIENT.followLayers("""
                engine:
                websocket: engine
                root: engine websocket
                """);
    }

    @Test
    void theRouterIsUnknown() {
        CLIENT.keepLibraryIn("io.junctor.router");
    }

    @Test
    void jettyStaysInTheWebSocket() {
        CLIENT.keepLibraryIn("org.eclipse.jetty", "io.junctor.client.websocket");
        CLIENT.keepLibraryIn("org.slf4j");
    }

    @Test
    void threadsAndClocksAreTakenBelowTheApi() {
        CLIENT.takeTimeAndThreadsOnlyIn("io.junctor.client.engine", "io.junctor.client.websocket");
        CLIENT.printNothing();
    }
}
