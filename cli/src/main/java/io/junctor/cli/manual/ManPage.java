package io.junctor.cli.manual;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual page of one command, in the macros of man(7). Immutable. */
record ManPage(CommandSpec command) {

    /** Returns the name of the page, such as {@code junctor-context-add}. */
    String title() {
        return command.qualifiedName("-");
    }

    String text() {
        StringBuilder page = new StringBuilder();
        page.append(".TH \"")
                .append(escaped(title().toUpperCase(Locale.ROOT)))
                .append("\" \"1\" \"\" \"Junctor\" \"Junctor\"\n");
        section(page, "NAME", title() + " - " + DescriptionText.first(command));
        page.append(".SH SYNOPSIS\n.nf\n").append(escaped(synopsis())).append("\n.fi\n");
        section(page, "DESCRIPTION", DescriptionText.of(command));
        addArguments(page);
        addCommands(page);
        return page.toString();
    }

    private String synopsis() {
        return new Help(command, Help.defaultColorScheme(Ansi.OFF)).synopsis(0).strip();
    }

    private void addArguments(StringBuilder page) {
        if (!command.positionalParameters().isEmpty()) {
            page.append(".SH ARGUMENTS\n");
            for (PositionalParamSpec argument : command.positionalParameters()) {
                entry(page, argument.paramLabel(), argument);
            }
        }
        if (!command.options().isEmpty()) {
            page.append(".SH OPTIONS\n");
            for (OptionSpec option : byName(command)) {
                if (!option.hidden()) {
                    String names = String.join(", ", option.names());
                    entry(page, option.arity().max() > 0 ? names + " " + option.paramLabel() : names, option);
                }
            }
        }
    }

    private static List<OptionSpec> byName(CommandSpec command) {
        return command.options().stream()
                .sorted(Comparator.comparing(OptionSpec::longestName))
                .toList();
    }

    private void addCommands(StringBuilder page) {
        if (command.subcommands().isEmpty()) {
            return;
        }
        page.append(".SH COMMANDS\n");
        for (CommandLine sub : command.subcommands().values()) {
            CommandSpec spec = sub.getCommandSpec();
            page.append(".TP\n\\fB").append(escaped(spec.name())).append("\\fR\n");
            page.append(escaped(DescriptionText.of(spec))).append('\n');
        }
        section(
                page,
                "SEE ALSO",
                command.subcommands().values().stream()
                        .map(sub -> sub.getCommandSpec().qualifiedName("-") + "(1)")
                        .collect(Collectors.joining(", ")));
    }

    private static void entry(StringBuilder page, String label, ArgSpec argument) {
        page.append(".TP\n\\fB").append(escaped(label)).append("\\fR\n");
        page.append(escaped(DescriptionText.of(argument))).append('\n');
    }

    private static void section(StringBuilder page, String title, String text) {
        page.append(".SH ")
                .append(title)
                .append('\n')
                .append(escaped(text.strip()))
                .append('\n');
    }

    /** Escapes a line that begins with a dot or an apostrophe, which man would read as a macro. */
    private static String escaped(String text) {
        String escaped = text.replace("\\", "\\e").replace("-", "\\-");
        return escaped.lines()
                .map(line -> line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line)
                .collect(Collectors.joining("\n"));
    }
}
