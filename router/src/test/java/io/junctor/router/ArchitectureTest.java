package io.junctor.router;

import io.junctor.house.ModuleClasses;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final ModuleClasses ROUTER = ModuleClasses.of("io.junctor.router");

    @Test
    void theWholeModuleIsScanned() {
        ROUTER.countIsAtLeast(300);
    }

    @Test
    void noPackageIsLarge() {
        ROUTER.packagesHaveAtMost(25);
    }

    @Test
    void packagesFormNoCycle() {
        ROUTER.haveNoPackageCycles();
    }

    @Test
    void packagesUseOnlyTheLayersBelowThem() {
        ROUTER.followArchitecturePage("router");
    }

    @Test
    void librariesStayInTheirPackages() {
        ROUTER.keepLibraryIn("com.fasterxml.jackson");
        ROUTER.keepLibraryIn("org.msgpack");
        ROUTER.keepLibraryIn("org.snakeyaml");
        ROUTER.keepLibraryIn("org.eclipse.jetty");
        ROUTER.keepLibraryIn("org.jose4j", "io.junctor.router.authentication.method");
    }

    @Test
    void threadsAndClocksAreTakenInFewPlaces() {
        ROUTER.takeTimeAndThreadsOnlyIn("io.junctor.router.turn");
        ROUTER.printNothing();
    }

    @Test
    void stateOfTheTurnIsTouchedOnlyInTheTurn() {
        ROUTER.obeyTurns("io.junctor.router.turn.InTurn");
    }
}
