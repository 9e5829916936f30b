package io.junctor.testkit;

import io.junctor.house.ModuleClasses;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final ModuleClasses TESTKIT = ModuleClasses.of("io.junctor.testkit");

    @Test
    void theWholeModuleIsScanned() {
        TESTKIT.countIsAtLeast(25);
    }

    @Test
    void noPackageIsLarge() {
        TESTKIT.packagesHaveAtMost(25);
    }

    @Test
    void packagesFormNoCycle() {
        TESTKIT.haveNoPackageCycles();
    }
}
