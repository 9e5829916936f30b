package io.junctor.cluster;

import io.junctor.house.ModuleClasses;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final ModuleClasses CLUSTER = ModuleClasses.of("io.junctor.cluster");

    @Test
    void theWholeModuleIsScanned() {
        CLUSTER.countIsAtLeast(30);
    }

    @Test
    void noPackageIsLarge() {
        CLUSTER.packagesHaveAtMost(25);
    }

    @Test
    void packagesFormNoCycle() {
        CLUSTER.haveNoPackageCycles();
    }

    @Test
    void packagesUseOnlyThoseBelowThem() {
        CLUSTER.followArchitecturePage("cluster");
    }

    @Test
    void natsStaysInItsEngine() {
        CLUSTER.keepLibraryIn("io.nats", "io.junctor.cluster.nats");
    }

    @Test
    void threadsAndClocksComeFromOutside() {
        CLUSTER.takeTimeAndThreadsOnlyIn("io.junctor.cluster.nats");
        CLUSTER.printNothing();
    }
}
