package io.junctor.cli;

import picocli.CommandLine.Option;

/** The option that names the file of the audit log. */
final class AuditOption {
    @Option(
            names = "--audit",
            paramLabel = "FILE",
            defaultValue = "${env:JUNCTOR_AUDIT:-}",
            description = "Adds a line to this file for each join, refusal, denial and kill."
                    + " Default: JUNCTOR_AUDIT, or none.")
    private String file = "";

    @Option(
            names = "--audit-required",
            defaultValue = "${env:JUNCTOR_AUDIT_REQUIRED:-false}",
            description =
                    "Lets no client join while that file cannot be written. Default: JUNCTOR_AUDIT_REQUIRED, or false.")
    private boolean required;

    /** Empty for none. */
    String file() {
        return file;
    }

    boolean isRequired() {
        return required;
    }
}
