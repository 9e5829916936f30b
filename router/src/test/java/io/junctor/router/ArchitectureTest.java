package io.junctor.router;

import io.junctor.house.ModuleClasses;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final ModuleClasses ROUTER = ModuleClasses.of("io.junctor.router");

    @Test
    void theWholeModuleIsScanned() {
        ROUTER.countIsAtLeast(20);
    }

    @Test
    void packagesFormNoCycle() {
        ROUTER.haveNoPackageCycles();
    }

    @Test
    void packagesUseOnlyTheLayersBelowThem() {
        ROUTER.followLayers("""
                spi:
                match:
                metrics:
                turn:
                reply:
                audit: metrics turn
                config: spi
                connection: spi audit config metrics turn
                authentication.method: spi config metrics
                authorization: spi config match metrics turn reply
                session: config turn connection reply authorization
                authentication: spi audit config metrics turn connection reply session authentication.method
                meta: config match metrics turn reply authorization session
                broker: spi config match metrics turn connection reply authorization session meta
                dealer: spi config match metrics turn connection reply authorization session meta
                realm: spi audit config metrics turn connection reply authentication authentication.method authorization session broker dealer meta
                root: spi audit config metrics turn connection realm
                """);
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
