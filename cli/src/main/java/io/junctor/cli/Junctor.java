package io.junctor.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ScopeType;

/** The command that the others belong to. */
@Command(
        name = "junctor",
        description = "A WAMP v2 router.",
        subcommands = {Check.class, Version.class, HelpCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT)
final class Junctor {}
