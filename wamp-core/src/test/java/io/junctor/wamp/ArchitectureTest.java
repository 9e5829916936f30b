package io.junctor.wamp;

import io.junctor.house.ModuleClasses;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final ModuleClasses CORE = ModuleClasses.of("io.junctor.wamp");

    @Test
    void theWholeModuleIsScanned() {
        CORE.countIsAtLeast(60);
    }

    @Test
    void packagesFormNoCycle() {
        CORE.haveNoPackageCycles();
    }

    @Test
    void packagesUseOnlyTheLayersBelowThem() {
        CORE.followLayers("""
                root: value message codec codec.json codec.msgpack codec.cbor
                value:
                options: value
                message: value options
                auth: value
                codec: value options message
                codec.json: value options message codec
                codec.msgpack: value options message codec
                codec.cbor: value options message codec
                """);
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
