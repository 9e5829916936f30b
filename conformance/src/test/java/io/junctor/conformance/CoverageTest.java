package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CoverageTest {
    private static final Path ROOT = Files.isDirectory(Path.of("conformance")) ? Path.of("") : Path.of("..");
    private static final Path PAGE = ROOT.resolve("docs/protocol-coverage.md");

    private final Coverage coverage = Coverage.read(ROOT);

    @Test
    void everyRowIsProvenOrHasAReason() {
        assertThat(coverage.problems()).isEmpty();
    }

    @Test
    void thePageIsUpToDate() throws IOException {
        if (Boolean.getBoolean("coverage.write")) {
            Files.writeString(PAGE, coverage.page());
        }
        assertThat(PAGE)
                .as("write it anew: mvn test -pl conformance -am -Dtest=CoverageTest -Dcoverage.write=true"
                        + " -Dsurefire.failIfNoSpecifiedTests=false")
                .hasContent(coverage.page());
    }
}
