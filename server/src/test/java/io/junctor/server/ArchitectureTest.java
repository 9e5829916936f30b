package io.junctor.server;

import io.junctor.house.ModuleClasses;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final ModuleClasses SERVER = ModuleClasses.of("io.junctor.server");

    @Test
    void theWholeModuleIsScanned() {
        SERVER.countIsAtLeast(80);
    }

    @Test
    void noPackageIsLarge() {
        SERVER.packagesHaveAtMost(25);
    }

    @Test
    void packagesFormNoCycle() {
        SERVER.haveNoPackageCycles();
    }

    @Test
    void packagesUseOnlyTheLayersBelowThem() {
        SERVER.followArchitecturePage("server");
    }

    @Test
    void librariesStayInTheirPackages() {
        SERVER.keepLibraryIn("org.snakeyaml", "io.junctor.server.yaml");
        SERVER.keepLibraryIn("io.micrometer", "io.junctor.server.http");
        SERVER.keepLibraryIn("io.prometheus", "io.junctor.server.http");
        SERVER.keepLibraryIn(
                "com.fasterxml.jackson",
                "io.junctor.server.files",
                "io.junctor.server.longpoll",
                "io.junctor.server.gateway",
                "io.junctor.server.services");
        SERVER.printNothing();
    }
}
