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

    /** Returns the commands by name; they use the streams and variables of {@code environment}. */
    public static Map<String, Supplier<Object>> byName(CommandEnvironment environment) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("call", () -> new CallCommand(environment).spec());
        commands.put("publish", () -> new PublishCommand(environment).spec());
        commands.put("subscribe", () -> new SubscribeCommand(environment).spec());
        commands.put("register", () -> new RegisterCommand(environment).spec());
        commands.put("sessions", () -> new SessionsCommand(environment).spec());
        commands.put("topics", () -> new RealmListCommand.Topics(environment).spec());
        commands.put("procedures", () -> new RealmListCommand.Procedures(environment).spec());
        commands.put("kill", () -> new KillCommand(environment).spec());
        commands.put("reload", () -> new ReloadCommand(environment).spec());
        commands.put("ping", () -> new PingCommand(environment).spec());
        commands.put("top", () -> new TopCommand(environment).spec());
        commands.put("context", () -> new ContextCommand(environment).spec());
        return commands;
    }
}
