package io.junctor.cli;

import io.junctor.house.ModuleClasses;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final ModuleClasses CLI = ModuleClasses.of("io.junctor.cli");

    @Test
    void theWholeModuleIsScanned() {
        CLI.countIsAtLeast(55);
    }

    @Test
    void noServerAndNoSerializerIsUsedDirectly() {
        CLI.keepLibraryIn("org.eclipse.jetty");
        CLI.keepLibraryIn("org.snakeyaml");
        CLI.keepLibraryIn("com.fasterxml.jackson");
    }

    @Test
    void onlyTheLoadGeneratorKeepsHistograms() {
        CLI.keepLibraryIn("org.HdrHistogram", "io.junctor.cli.bench");
    }

    @Test
    void noPackageTakesPartInACycle() {
        CLI.haveNoPackageCycles();
    }
}
