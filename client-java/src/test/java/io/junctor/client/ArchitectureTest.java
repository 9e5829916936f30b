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
                root: engine
                """);
    }

    @Test
    void theRouterIsUnknown() {
        CLIENT.keepLibraryIn("io.junctor.router");
    }

    @Test
    void threadsAndClocksAreTakenInTheEngine() {
        CLIENT.takeTimeAndThreadsOnlyIn("io.junctor.client.engine");
        CLIENT.printNothing();
    }
}
