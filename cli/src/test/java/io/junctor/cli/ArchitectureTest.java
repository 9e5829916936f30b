package io.junctor.cli;

import io.junctor.house.OwnClasses;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final OwnClasses CLI = OwnClasses.of("io.junctor.cli");

    @Test
    void theWholeModuleIsScanned() {
        CLI.countIsAtLeast(8);
    }

    @Test
    void noServerAndNoSerializerIsUsedDirectly() {
        CLI.keepLibraryIn("org.eclipse.jetty");
        CLI.keepLibraryIn("org.snakeyaml");
        CLI.keepLibraryIn("com.fasterxml.jackson");
    }
}
