package io.junctor.cli.manual;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Writes the completion script for fish: a line for each command and for each option. */
final class FishCompletion {
    private final String name;
    private final StringBuilder script = new StringBuilder();

    private FishCompletion(String name) {
        this.name = name;
    }

    static String of(CommandSpec root) {
        FishCompletion completion = new FishCompletion(root.name());
        completion.add(root, List.of());
        return completion.script.toString();
    }

    private void add(CommandSpec command, List<String> path) {
        String condition = condition(command, path);
        for (CommandLine sub : command.subcommands().values()) {
            CommandSpec spec = sub.getCommandSpec();
            line(condition, "-f -a " + spec.name(), DescriptionText.first(spec));
            List<String> deeper = new ArrayList<>(path);
            deeper.add(spec.name());
            add(spec, deeper);
        }
        for (OptionSpec option : command.options()) {
            if (!option.hidden()) {
                line(seen(path), flags(option), DescriptionText.first(option));
            }
        }
    }

    private static String flags(OptionSpec option) {
        StringBuilder flags = new StringBuilder();
        for (String flag : option.names()) {
            flags.append(flag.startsWith("--") ? " -l " + flag.substring(2) : " -s " + flag.substring(1));
        }
        return flags.append(option.arity().max() > 0 ? " -r" : "").substring(1);
    }

    /** Returns the condition under which subcommands are offered: the commands of the path were typed, and no subcommand yet. */
    private static String condition(CommandSpec command, List<String> path) {
        String none = "not __fish_seen_subcommand_from "
                + String.join(" ", command.subcommands().keySet());
        return path.isEmpty() ? none : seen(path) + "; and " + none;
    }

    private static String seen(List<String> path) {
        return path.isEmpty()
                ? ""
                : String.join(
                        "; and ",
                        path.stream()
                                .map(word -> "__fish_seen_subcommand_from " + word)
                                .toList());
    }

    private void line(String condition, String offer, String description) {
        script.append("complete -c ").append(name);
        if (!condition.isEmpty()) {
            script.append(" -n '").append(condition).append('\'');
        }
        script.append(' ')
                .append(offer)
                .append(" -d '")
                .append(quoted(description))
                .append("'\n");
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("'", "\\'");
    }
}
