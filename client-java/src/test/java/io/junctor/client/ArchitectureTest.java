package io.junctor.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.house.ModuleClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final ModuleClasses CLIENT = ModuleClasses.of("io.junctor.client");

    @Test
    void theWholeModuleIsScanned() {
        CLIENT.countIsAtLeast(150);
    }

    /** The main package has the types for users, at most thirty, and five that cannot do without those. */
    @Test
    void noPackageIsLarge() {
        CLIENT.packagesHaveAtMost(25, "io.junctor.client");
    }

    @Test
    void packagesFormNoCycle() {
        CLIENT.haveNoPackageCycles();
    }

    @Test
    void packagesUseOnlyThoseBelowThem() {
        CLIENT.followArchitecturePage("client-java");
    }

    @Test
    void theMainPackageHasAtMostThirtyTypesForUsers() {
        CLIENT.publicTypesAreAtMost("io.junctor.client", 30);
    }

    @Test
    void noOtherModuleUsesInternalPackages() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            List<Path> sources = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.startsWith(Path.of("..", "client-java")))
                    .toList();
            assertThat(sources).hasSizeGreaterThan(300);
            assertThat(sources)
                    .allSatisfy(file ->
                            assertThat(Files.readString(file)).doesNotContain("io.junctor.client." + "internal"));
        }
    }

    @Test
    void theRouterIsUnknown() {
        CLIENT.keepLibraryIn("io.junctor.router");
    }

    @Test
    void jettyStaysInTheTransportsOverHttp() {
        CLIENT.keepLibraryIn(
                "org.eclipse.jetty",
                "io.junctor.client.internal.http",
                "io.junctor.client.internal.longpoll",
                "io.junctor.client.internal.websocket");
        CLIENT.keepLibraryIn("org.slf4j");
    }

    @Test
    void threadsAndClocksAreTakenBelowTheApi() {
        CLIENT.takeTimeAndThreadsOnlyIn("io.junctor.client.internal");
        CLIENT.printNothing();
    }
}
