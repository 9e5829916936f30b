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

    /** Empty for none. */
    String file() {
        return file;
    }
}
