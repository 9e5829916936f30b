package io.junctor.jakarta;

import io.junctor.house.ModuleClasses;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final ModuleClasses JAKARTA = ModuleClasses.of("io.junctor.jakarta");

    @Test
    void theWholeModuleIsScanned() {
        JAKARTA.countIsAtLeast(6);
    }

    @Test
    void noPackageIsLarge() {
        JAKARTA.packagesHaveAtMost(25);
    }

    @Test
    void theServerAndItsContainerAreNotUsed() {
        JAKARTA.keepLibraryIn("io.junctor.server");
        JAKARTA.keepLibraryIn("org.eclipse.jetty");
        JAKARTA.printNothing();
    }
}
