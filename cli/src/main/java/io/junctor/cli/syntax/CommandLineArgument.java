package io.junctor.cli.syntax;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** An option or a parameter, with its value on the command line. */
public final class CommandLineArgument<T extends @Nullable Object> {
    private final ArgSpec spec;
    private final T otherwise;

    private CommandLineArgument(ArgSpec spec, T otherwise) {
        this.spec = spec;
        this.otherwise = otherwise;
    }

    /** Creates an option without a value. */
    public static CommandLineArgument<Boolean> flag(String names, String description) {
        return new CommandLineArgument<>(
                option(names, description).type(boolean.class).build(), false);
    }

    /** Creates an option without a value, and its opposite with the prefix {@code --no-}; null if neither is given. */
    public static CommandLineArgument<@Nullable Boolean> choice(String names, String description) {
        return new CommandLineArgument<>(
                option(names, description).type(Boolean.class).negatable(true).build(), null);
    }

    /** Creates an option with a text. */
    public static <T extends @Nullable String> CommandLineArgument<T> text(
            String names, String label, String description, T otherwise) {
        return option(names, label, description, String.class, otherwise);
    }

    /**
     * Creates an option with a value of a type that picocli can parse.
     *
     * @param names the names, separated by commas and spaces
     */
    public static <T extends @Nullable Object> CommandLineArgument<T> option(
            String names, String label, String description, Class<?> type, T otherwise) {
        return new CommandLineArgument<>(
                option(names, description).type(type).paramLabel(label).build(), otherwise);
    }

    /** Creates an option with a value that {@code converter} parses. */
    public static <T extends @Nullable Object> CommandLineArgument<T> option(
            String names, String label, String description, ITypeConverter<? extends T> converter, T otherwise) {
        OptionSpec.Builder option =
                option(names, description).type(Object.class).paramLabel(label).converters(converter);
        return new CommandLineArgument<>(option.build(), otherwise);
    }

    /** Creates an option with values, separated by commas; {@code none} is the empty array. */
    public static <T> CommandLineArgument<T> list(String names, String label, String description, T none) {
        OptionSpec.Builder option = option(names, description).paramLabel(label).splitRegex(",");
        return new CommandLineArgument<>(option.type(none.getClass()).build(), none);
    }

    /** Creates the required parameter at an index. */
    public static CommandLineArgument<String> parameter(String index, String label, String description) {
        return new CommandLineArgument<>(
                parameter(label, description)
                        .index(index)
                        .required(true)
                        .type(String.class)
                        .build(),
                "");
    }

    /** Creates an optional parameter. */
    public static <T extends @Nullable String> CommandLineArgument<T> optionalParameter(
            String label, String description, T otherwise) {
        return new CommandLineArgument<>(
                parameter(label, description).arity("0..1").type(String.class).build(), otherwise);
    }

    /** Creates a list of parameters. */
    public static <T> CommandLineArgument<List<T>> parameters(
            String index, String arity, String label, String description, Class<T> type) {
        PositionalParamSpec.Builder parameter =
                parameter(label, description).index(index).arity(arity).required(!arity.startsWith("0"));
        return new CommandLineArgument<>(
                parameter.type(List.class).auxiliaryTypes(type).build(), List.of());
    }

    /** Creates an argument from a picocli specification. */
    public static <T extends @Nullable Object> CommandLineArgument<T> of(ArgSpec spec, T otherwise) {
        return new CommandLineArgument<>(spec, otherwise);
    }

    private static OptionSpec.Builder option(String names, String description) {
        return OptionSpec.builder(names.split(", ")).description(description);
    }

    private static PositionalParamSpec.Builder parameter(String label, String description) {
        return PositionalParamSpec.builder().paramLabel(label).description(description);
    }

    /** Returns the value of the command line, otherwise that of the environment, otherwise the default of this argument. */
    public T value() {
        T given = spec.getValue();
        return given == null ? otherwise : given;
    }

    /** Returns the value of the command line or the environment. */
    public Optional<T> given() {
        return Optional.ofNullable(spec.getValue());
    }

    ArgSpec spec() {
        return spec;
    }
}
