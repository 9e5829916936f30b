package io.junctor.cli.client;

import io.junctor.cli.client.process.Surroundings;
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
    public static Map<String, Supplier<Object>> byName(Surroundings surroundings) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("call", () -> new CallCommand(surroundings));
        commands.put("publish", () -> new PublishCommand(surroundings));
        commands.put("subscribe", () -> new SubscribeCommand(surroundings));
        commands.put("register", () -> new RegisterCommand(surroundings));
        commands.put("sessions", () -> new SessionsCommand(surroundings));
        commands.put("topics", () -> new UrisCommand.Topics(surroundings));
        commands.put("procedures", () -> new UrisCommand.Procedures(surroundings));
        commands.put("kill", () -> new KillCommand(surroundings));
        commands.put("reload", () -> new ReloadCommand(surroundings));
        commands.put("ping", () -> new PingCommand(surroundings));
        commands.put("top", () -> new TopCommand(surroundings));
        commands.put("context", () -> new ContextCommand(surroundings));
        return commands;
    }
}
