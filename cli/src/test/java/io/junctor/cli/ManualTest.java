package io.junctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.cli.client.process.CommandEnvironment;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Completion scripts, manual pages, and the help of the command line. */
@Timeout(60)
class ManualTest {
    @TempDir
    private Path directory;

    @Test
    void bashReadsTheCompletionScript() throws Exception {
        try (JunctorProcess junctor = JunctorProcess.run(directory, "completion", "bash")) {
            Path script = Files.write(directory.resolve("completion"), junctor.rest());
            assertThat(junctor.exitCode()).isZero();
            Process bash = new ProcessBuilder(
                            "bash",
                            "-c",
                            "source " + script + "; COMP_WORDS=(junctor call --re); COMP_CWORD=2; _complete_junctor;"
                                    + " echo \"${COMPREPLY[@]}\"")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(bash.inputReader(StandardCharsets.UTF_8).lines().toList())
                    .containsExactly("--realm");
        }
    }

    @Test
    void theScriptForFishHasALineForEachCommandAndOption() throws Exception {
        try (JunctorProcess junctor = JunctorProcess.run(directory, "completion", "fish")) {
            List<String> lines = junctor.rest();
            assertThat(lines)
                    .contains("complete -c junctor -n '__fish_seen_subcommand_from call' -l progress -d"
                            + " 'Ask for progressive results and print each as it arrives, before the result'")
                    .anyMatch(line -> line.endsWith("-f -a call -d 'Calls a procedure and prints its result'"))
                    .anyMatch(line -> line.startsWith("complete -c junctor -n '__fish_seen_subcommand_from context; and"
                            + " __fish_seen_subcommand_from add' -l url -r -d 'Where the router listens"));
            assertThat(junctor.exitCode()).isZero();
        }
    }

    @Test
    void eachCommandHasAManualPage() throws Exception {
        Path pages = directory.resolve("man1");
        try (JunctorProcess junctor = JunctorProcess.run(directory, "manpages", pages.toString())) {
            assertThat(junctor.exitCode()).isZero();
        }
        CommandLine all = Commands.of(CommandEnvironment.ofProcess(), "help");
        for (String name : all.getSubcommands().keySet()) {
            String page = Files.readString(pages.resolve("junctor-" + name + ".1"));
            assertThat(page)
                    .startsWith(".TH \"JUNCTOR\\-")
                    .contains(".SH NAME\n", ".SH SYNOPSIS\n", ".SH DESCRIPTION\n");
            assertThat(page.lines()).noneMatch(line -> line.startsWith(".") && !line.matches("\\.(TH|SH|TP|nf|fi).*"));
        }
        assertThat(Files.readString(pages.resolve("junctor-context-add.1"))).contains("\\-\\-secret\\-file FILE");
    }

    @Test
    void aCommandAloneHasTheNameUnderWhichItIsListed() {
        for (String name : Commands.of(CommandEnvironment.ofProcess(), "help")
                .getSubcommands()
                .keySet()) {
            CommandLine alone = Commands.of(CommandEnvironment.ofProcess(), name);
            assertThat(alone.getSubcommands().get(name).getCommandSpec().name()).isEqualTo(name);
        }
        assertThat(Commands.of(CommandEnvironment.ofProcess(), "call").getSubcommands())
                .containsOnlyKeys("call");
    }

    @Test
    void theHelpOfAClientCommandListsItsOptions() {
        ByteArrayOutputStream help = new ByteArrayOutputStream();
        CommandLine junctor = Commands.of(CommandEnvironment.ofProcess(), "call", "--help");
        junctor.getSubcommands().get("call").usage(new PrintStream(help, true, StandardCharsets.UTF_8));
        assertThat(help.toString(StandardCharsets.UTF_8)).contains("PROCEDURE [ARG...]", "--secret-file", "--progress");
    }
}
