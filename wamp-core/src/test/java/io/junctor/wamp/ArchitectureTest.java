package io.junctor.wamp;

import io.junctor.house.ModuleClasses;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final ModuleClasses CORE = ModuleClasses.of("io.junctor.wamp");

    @Test
    void theWholeModuleIsScanned() {
        CORE.countIsAtLeast(120);
    }

    /** The package of messages has one record for each message of the specification. */
    @Test
    void noPackageIsLarge() {
        CORE.packagesHaveAtMost(25, "io.junctor.wamp.message");
    }

    @Test
    void packagesFormNoCycle() {
        CORE.haveNoPackageCycles();
    }

    @Test
    void packagesUseOnlyTheLayersBelowThem() {
        CORE.followArchitecturePage("wamp-core");
    }

    @Test
    void noSerializerLibraryIsUsed() {
        CORE.keepLibraryIn("com.fasterxml.jackson");
        CORE.keepLibraryIn("org.msgpack");
    }

    @Test
    void nothingLogs() {
        CORE.keepLibraryIn("org.slf4j");
        CORE.keepLibraryIn("java.util.logging");
    }

    @Test
    void nothingPrints() {
        CORE.printNothing();
    }

    @Test
    void nothingStartsThreadsOrReadsClocks() {
        CORE.takeTimeAndThreadsOnlyIn();
    }
}
