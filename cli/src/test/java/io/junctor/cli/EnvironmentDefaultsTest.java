package io.junctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.cli.syntax.CommandSyntax;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class EnvironmentDefaultsTest {
    @Test
    void anOptionComesBeforeItsVariable() {
        assertThat(parsed(Map.of("JUNCTOR_AUDIT", "a.log"))).isEqualTo("a.log false");
        assertThat(parsed(Map.of("JUNCTOR_AUDIT", "a.log"), "--audit", "b.log")).isEqualTo("b.log false");
        assertThat(parsed(Map.of("JUNCTOR_AUDIT", ""))).isEqualTo(" false");
    }

    @Test
    void aSwitchThatBothSetIsSet() {
        assertThat(parsed(Map.of(), "--audit-required")).isEqualTo(" true");
        assertThat(parsed(Map.of("JUNCTOR_AUDIT_REQUIRED", "true"))).isEqualTo(" true");
        assertThat(parsed(Map.of("JUNCTOR_AUDIT_REQUIRED", "true"), "--audit-required"))
                .isEqualTo(" true");
        assertThat(parsed(Map.of("JUNCTOR_AUDIT_REQUIRED", "true"), "--audit-required=false"))
                .isEqualTo(" false");
        assertThat(parsed(Map.of("JUNCTOR_AUDIT_REQUIRED", ""))).isEqualTo(" false");
    }

    private static String parsed(Map<String, String> environment, String... options) {
        AuditOption audit = new AuditOption();
        Runnable command = () -> {};
        new CommandLine(CommandSyntax.of(command, "any", "Any command.")
                        .with(audit::addTo)
                        .spec())
                .setDefaultValueProvider(new EnvironmentDefaults(environment))
                .parseArgs(options);
        return audit.file() + " " + audit.isRequired();
    }
}
