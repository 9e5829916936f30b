package io.junctor.websocket;

import io.junctor.house.ModuleClasses;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final ModuleClasses WEBSOCKET = ModuleClasses.of("io.junctor.websocket");

    @Test
    void theWholeModuleIsScanned() {
        WEBSOCKET.countIsAtLeast(5);
    }

    @Test
    void noPackageIsLarge() {
        WEBSOCKET.packagesHaveAtMost(25);
    }

    @Test
    void neitherSocketsNorThreadsAreUsed() {
        WEBSOCKET.keepLibraryIn("java.net");
        WEBSOCKET.keepLibraryIn("java.nio.channels");
        WEBSOCKET.keepLibraryIn("io.junctor.router");
        WEBSOCKET.keepLibraryIn("org.eclipse.jetty");
        WEBSOCKET.takeTimeAndThreadsOnlyIn();
        WEBSOCKET.printNothing();
    }
}
