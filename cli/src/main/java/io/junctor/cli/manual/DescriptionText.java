package io.junctor.cli.manual;

import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** Converts the descriptions of commands and options into plain text. */
final class DescriptionText {
    private static final String DEFAULT = "${DEFAULT-VALUE}";

    private DescriptionText() {}

    static String of(CommandSpec command) {
        return plain(command.usageMessage().description());
    }

    static String of(ArgSpec argument) {
        String value = String.valueOf(argument.defaultValueString(true));
        return plain(argument.description()).replace(DEFAULT, value);
    }

    /** Returns the first sentence of a command's description, without its full stop. */
    static String first(CommandSpec command) {
        return first(of(command));
    }

    /** Returns the first sentence of an argument's description, without its full stop. */
    static String first(ArgSpec argument) {
        return first(of(argument));
    }

    private static String first(String text) {
        int end = text.indexOf(". ");
        String sentence = end < 0 ? text : text.substring(0, end);
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    /** Joins and formats the lines of a description, in which %n stands for a line feed. */
    private static String plain(String[] lines) {
        return String.format(String.join(" ", lines)).replaceAll("\\s+", " ");
    }
}
