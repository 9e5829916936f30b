package io.junctor.cli.client;

import io.junctor.cli.client.process.CommandEnvironment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The commands that are clients of a router. */
public final class ClientCommands {
    /** The names of the commands. */
    public static final Set<String> NAMES = Set.of(
            "call",
            "publish",
            "subscribe",
            "register",
            "sessions",
            "topics",
            "procedures",
            "kill",
            "reload",
            "ping",
            "top",
            "context");

    private ClientCommands() {}

    /** The commands by name, which use these streams and this environment. */
    public static Map<String, Supplier<Object>> byName(CommandEnvironment environment) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("call", () -> new CallCommand(environment));
        commands.put("publish", () -> new PublishCommand(environment));
        commands.put("subscribe", () -> new SubscribeCommand(environment));
        commands.put("register", () -> new RegisterCommand(environment));
        commands.put("sessions", () -> new SessionsCommand(environment));
        commands.put("topics", () -> new UrisCommand.Topics(environment));
        commands.put("procedures", () -> new UrisCommand.Procedures(environment));
        commands.put("kill", () -> new KillCommand(environment));
        commands.put("reload", () -> new ReloadCommand(environment));
        commands.put("ping", () -> new PingCommand(environment));
        commands.put("top", () -> new TopCommand(environment));
        commands.put("context", () -> new ContextCommand(environment));
        return commands;
    }
}
