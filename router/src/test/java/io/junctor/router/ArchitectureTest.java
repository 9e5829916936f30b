package io.junctor.router;

import io.junctor.house.OwnClasses;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final OwnClasses ROUTER = OwnClasses.of("io.junctor.router");

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
                config: spi auth tls
                config.yaml: spi auth config tls
                tls:
                metrics:
                auth: metrics
                turn:
                transport: config metrics
                access: spi config match
                session: spi config metrics turn transport access
                meta: spi config metrics turn transport access session
                broker: spi config match metrics turn transport access session meta
                dealer: spi config match metrics turn transport access session meta
                audit: metrics
                realm: audit spi auth config metrics turn transport access session broker dealer meta
                server: audit spi config tls metrics turn transport realm
                root: audit spi auth config config.yaml tls metrics turn transport access session realm server
                """);
    }

    @Test
    void jettyStaysInTheServer() {
        ROUTER.keepLibraryIn("org.eclipse.jetty", "io.junctor.router.server");
    }

    @Test
    void serializersStayInTheCodecsAndYamlInTheConfiguration() {
        ROUTER.keepLibraryIn("com.fasterxml.jackson");
        ROUTER.keepLibraryIn("org.msgpack");
        ROUTER.keepLibraryIn("org.snakeyaml", "io.junctor.router.config");
        ROUTER.keepLibraryIn("org.jose4j", "io.junctor.router.auth");
    }

    @Test
    void threadsAndClocksAreTakenInFewPlaces() {
        ROUTER.takeTimeAndThreadsOnlyIn("io.junctor.router.turn", "io.junctor.router.server");
        ROUTER.printNothing();
    }

    @Test
    void stateOfTheTurnIsTouchedOnlyInTheTurn() {
        ROUTER.obeyTurns("io.junctor.router.turn.InTurn");
    }
}
