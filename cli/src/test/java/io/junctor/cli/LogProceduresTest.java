package io.junctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.cli.TestedCommands.Run;
import io.junctor.cli.log.LogProcedures;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An operator reads the log and says how much is logged, over WebSockets to a real router. */
@Timeout(180)
class LogProceduresTest {
    private static final Logger LOG = LoggerFactory.getLogger(LogProceduresTest.class);
    private static final String LOGGER = "logger=" + LogProceduresTest.class.getName();
    private static final String REALMS = """
            realms:
              realm1:
                auth: { anonymous: { role: user } }
                roles: { user: { allow: [{ uri: "junctor.RULE", match: prefix, actions: [call] }] } }
            """;

    @TempDir
    private Path directory;

    private TestedCommands junctor;

    @BeforeEach
    void open() throws Exception {
        junctor = open("log.");
    }

    private TestedCommands open(String rule) throws Exception {
        TestedCommands opened = new TestedCommands(directory, REALMS.replace("RULE", rule));
        LogProcedures.offer(opened.server().router());
        return opened;
    }

    @AfterEach
    void close() {
        junctor.close();
    }

    private String call(String procedure, String... arguments) {
        String[] words = new String[arguments.length + 3];
        words[0] = "call";
        words[1] = procedure;
        words[2] = "--json";
        System.arraycopy(arguments, 0, words, 3, arguments.length);
        Run run = junctor.run(words);
        return String.join(" ", run.out()) + String.join(" ", run.errors());
    }

    @Test
    void theLastLinesAreListed() {
        call("junctor.log.level", LOGGER, "level=info");
        LOG.info("the one {}", 1);
        LOG.warn("the other", new IllegalStateException("why"));
        call("junctor.log.level", LOGGER, "level=null");
        assertThat(call("junctor.log.list"))
                .contains("\"text\":\"the one 1\"", "\"level\":\"info\"", "\"logger\":\"LogProceduresTest\"")
                .contains("the other (java.lang.IllegalStateException: why)");
        assertThat(call("junctor.log.list", "after=1000000")).contains("\"lines\":[]");
        assertThat(call("junctor.log.list", "after=x")).contains("the keyword argument after must be a number");
    }

    @Test
    void theLevelOfALoggerChangesAndComesBack() {
        LOG.debug("too quiet");
        call("junctor.log.level", LOGGER, "level=debug");
        LOG.debug("just loud enough");
        call("junctor.log.level", LOGGER, "level=null");
        LOG.debug("quiet again");

        assertThat(call("junctor.log.list")).contains("just loud enough").doesNotContain("too quiet", "quiet again");
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThat(call("junctor.log.level", "logger=absent", "level=debug")).contains("there is no logger 'absent'");
        assertThat(call("junctor.log.level", "logger=junctor.audit", "level=error"))
                .contains("there is no logger 'junctor.audit'");
        assertThat(call("junctor.log.level", "logger=ROOT", "level=debug"))
                .contains("the logger of a library tells at most info");
        assertThat(call("junctor.log.level", LOGGER, "level=loud"))
                .contains("must be error, warn, info, debug or trace, not 'loud'");
        assertThat(call("junctor.log.level", "logger=5", "level=debug"))
                .contains("the keyword argument logger must be a string");
    }

    @Test
    void aRuleForAllProceduresOfOperatorsIsNotEnough() throws Exception {
        junctor.close();
        junctor = open("");
        assertThat(call("junctor.log.list")).contains("wamp.error.not_authorized");
        assertThat(call("junctor.realm.get")).contains("\"realm\":\"realm1\"");
    }
}
