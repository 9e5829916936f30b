package io.junctor.cli.client;

import io.junctor.cli.client.process.Surroundings;
import picocli.CommandLine;

/** The commands that are clients of a router. */
public final class ClientCommands {
    private ClientCommands() {}

    /** Adds the commands to those of {@code junctor}. */
    public static void addTo(CommandLine junctor, Surroundings surroundings) {
        junctor.addSubcommand(new CallCommand(surroundings))
                .addSubcommand(new PublishCommand(surroundings))
                .addSubcommand(new SubscribeCommand(surroundings))
                .addSubcommand(new RegisterCommand(surroundings));
    }
}
