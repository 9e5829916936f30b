package io.junctor.cli;

import io.junctor.cli.syntax.CommandLineArgument;
import io.junctor.cli.syntax.CommandSyntax;
import picocli.CommandLine.Model.OptionSpec;

/** The options of the audit log. */
final class AuditOption {
    private final CommandLineArgument<String> file = CommandLineArgument.text(
            "--audit",
            "FILE",
            "Adds a line to this file for each join, refusal, denial and kill. Default: JUNCTOR_AUDIT, or none.",
            "");

    private final CommandLineArgument<Boolean> required = CommandLineArgument.of(
            OptionSpec.builder("--audit-required")
                    .type(boolean.class)
                    // A plain flag would have the opposite meaning of the environment variable.
                    .arity("0..1")
                    .fallbackValue("true")
                    .paramLabel("<required>")
                    .description("Refuses joins while that file cannot be written. Default: JUNCTOR_AUDIT_REQUIRED, or"
                            + " false.")
                    .build(),
            false);

    void addTo(CommandSyntax syntax) {
        syntax.add(file, required);
    }

    /** Returns the path of the audit log; empty if there is no audit log. */
    String file() {
        return file.value();
    }

    boolean isRequired() {
        return required.value();
    }
}
