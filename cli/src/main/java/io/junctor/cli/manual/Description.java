package io.junctor.cli.manual;

import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** The descriptions of commands and options as plain text. */
final class Description {
    private static final String DEFAULT = "${DEFAULT-VALUE}";

    private Description() {}

    static String of(CommandSpec command) {
        return plain(command.usageMessage().description());
    }

    static String of(ArgSpec argument) {
        String value = String.valueOf(argument.defaultValueString(true));
        return plain(argument.description()).replace(DEFAULT, value);
    }

    /** The first sentence, without its full stop. */
    static String first(CommandSpec command) {
        return first(of(command));
    }

    /** The first sentence, without its full stop. */
    static String first(ArgSpec argument) {
        return first(of(argument));
    }

    private static String first(String text) {
        int end = text.indexOf(". ");
        String sentence = end < 0 ? text : text.substring(0, end);
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    /** Descriptions are formats, with %n for a line feed. */
    private static String plain(String[] lines) {
        return String.format(String.join(" ", lines)).replaceAll("\\s+", " ");
    }
}
