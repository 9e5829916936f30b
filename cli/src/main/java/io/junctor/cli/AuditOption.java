package io.junctor.cli;

import picocli.CommandLine.Option;

/** The options of the audit log. */
final class AuditOption {
    @Option(
            names = "--audit",
            paramLabel = "FILE",
            defaultValue = "",
            description = "Adds a line to this file for each join, refusal, denial and kill."
                    + " Default: JUNCTOR_AUDIT, or none.")
    private String file = "";

    @Option(
            names = "--audit-required",
            // As a flag it would mean the opposite of the variable.
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "false",
            description = "Refuses joins while that file cannot be written. Default: JUNCTOR_AUDIT_REQUIRED, or false.")
    private boolean required;

    /** Empty without an audit log. */
    String file() {
        return file;
    }

    boolean isRequired() {
        return required;
    }
}
