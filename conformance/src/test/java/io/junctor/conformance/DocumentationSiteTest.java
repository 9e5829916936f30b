package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.junctor.testkit.process.CompletedProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Builds the documentation as a site. Needs python3 and packages from its registry, so it runs with {@code -Pinterop}. */
@Tag("interop")
@Timeout(900)
class DocumentationSiteTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void theSiteHasEachPageAndNoLinkThatLeadsNowhere() throws Exception {
        assumeTrue(ForeignClient.Language.PYTHON.missing().isEmpty(), "python3 is not installed");
        CompletedProcess build = CompletedProcess.run(
                new ProcessBuilder(ROOT.resolve("build/site").toString()));
        assertThat(build.status()).as(build.output()).isZero();
        Path site = ROOT.resolve("target/site/site");
        assertThat(site.resolve("index.html")).content().contains("Junctor");
        assertThat(site.resolve("docs/operating.html")).isRegularFile();
        assertThat(Files.size(site.resolve("search/search_index.json"))).isGreaterThan(100_000);
    }
}
