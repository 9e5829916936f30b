package io.junctor.cli;

import io.junctor.house.ModuleClasses;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final ModuleClasses CLI = ModuleClasses.of("io.junctor.cli");

    @Test
    void theWholeModuleIsScanned() {
        CLI.countIsAtLeast(105);
    }

    @Test
    void noPackageIsLarge() {
        CLI.packagesHaveAtMost(25);
    }

    @Test
    void noServerIsUsedDirectly() {
        CLI.keepLibraryIn("org.eclipse.jetty");
    }

    @Test
    void onlyTheContextsAreYamlAndOnlyTheArgumentsOfClientsAreJson() {
        CLI.keepLibraryIn("org.snakeyaml", "io.junctor.cli.client.connection");
        CLI.keepLibraryIn("com.fasterxml.jackson", "io.junctor.cli.client.json");
    }

    @Test
    void onlyClientCommandsUseTheClientLibrary() {
        CLI.keepLibraryIn("io.junctor.client", "io.junctor.cli.client");
    }

    @Test
    void onlyTheLoadGeneratorKeepsHistograms() {
        CLI.keepLibraryIn("org.HdrHistogram", "io.junctor.cli.bench");
    }

    @Test
    void onlyTheExportOfTracesUsesOpenTelemetry() {
        CLI.keepLibraryIn("io.opentelemetry", "io.junctor.cli.tracing");
    }

    @Test
    void noPackageTakesPartInACycle() {
        CLI.haveNoPackageCycles();
    }
}
