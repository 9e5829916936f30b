package io.junctor.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LogbackConfiguratorTest {
    /** An authid or a URI may contain line breaks. */
    @Test
    void nothingLoggedBeginsALineOfItsOwn() {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
        LoggerContext context = new LoggerContext();
        try {
            context.setMDCAdapter(new LogbackMDCAdapter());
            LogbackConfigurator configurator = new LogbackConfigurator();
            configurator.setContext(context);
            configurator.configure(context);
            context.getLogger("io.junctor.test").error("authid {}", "a\r\n12:00:00.000 INFO  forged\u001b[2J");
            context.stop();
        } finally {
            System.setErr(before);
        }
        assertThat(written.toString(StandardCharsets.UTF_8))
                .hasLineCount(1)
                .contains("authid a  12:00:00.000 INFO  forged")
                .doesNotContain("\u001b");
    }
}
