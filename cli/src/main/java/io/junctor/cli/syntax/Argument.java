package io.junctor.cli.syntax;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** An option or a parameter, with the value that the command line gives it. */
public final class Argument<T extends @Nullable Object> {
    private final ArgSpec spec;
    private final T otherwise;

    private Argument(ArgSpec spec, T otherwise) {
        this.spec = spec;
        this.otherwise = otherwise;
    }

    /** An option without a value. */
    public static Argument<Boolean> flag(String names, String description) {
        return new Argument<>(option(names, description).type(boolean.class).build(), false);
    }

    /** An option without a value whose opposite begins with {@code --no-}; null if neither is given. */
    public static Argument<@Nullable Boolean> choice(String names, String description) {
        return new Argument<>(
                option(names, description).type(Boolean.class).negatable(true).build(), null);
    }

    /** An option with a text. */
    public static <T extends @Nullable String> Argument<T> text(
            String names, String label, String description, T otherwise) {
        return option(names, label, description, String.class, otherwise);
    }

    /**
     * An option with a value of a type that picocli reads.
     *
     * @param names the names, separated by commas and spaces
     */
    public static <T extends @Nullable Object> Argument<T> option(
            String names, String label, String description, Class<?> type, T otherwise) {
        return new Argument<>(
                option(names, description).type(type).paramLabel(label).build(), otherwise);
    }

    /** An option with a value that {@code converter} reads. */
    public static <T extends @Nullable Object> Argument<T> option(
            String names, String label, String description, ITypeConverter<? extends T> converter, T otherwise) {
        OptionSpec.Builder option =
                option(names, description).type(Object.class).paramLabel(label).converters(converter);
        return new Argument<>(option.build(), otherwise);
    }

    /** An option with values, separated by commas; {@code none} is the empty array. */
    public static <T> Argument<T> list(String names, String label, String description, T none) {
        OptionSpec.Builder option = option(names, description).paramLabel(label).splitRegex(",");
        return new Argument<>(option.type(none.getClass()).build(), none);
    }

    /** The parameter at an index, which must be given. */
    public static Argument<String> parameter(String index, String label, String description) {
        return new Argument<>(
                parameter(label, description)
                        .index(index)
                        .required(true)
                        .type(String.class)
                        .build(),
                "");
    }

    /** A parameter that may be left out. */
    public static <T extends @Nullable String> Argument<T> optionalParameter(
            String label, String description, T otherwise) {
        return new Argument<>(
                parameter(label, description).arity("0..1").type(String.class).build(), otherwise);
    }

    /** Parameters. */
    public static <T> Argument<List<T>> parameters(
            String index, String arity, String label, String description, Class<T> type) {
        PositionalParamSpec.Builder parameter =
                parameter(label, description).index(index).arity(arity).required(!arity.startsWith("0"));
        return new Argument<>(parameter.type(List.class).auxiliaryTypes(type).build(), List.of());
    }

    /** An argument with a specification of its own. */
    public static <T extends @Nullable Object> Argument<T> of(ArgSpec spec, T otherwise) {
        return new Argument<>(spec, otherwise);
    }

    private static OptionSpec.Builder option(String names, String description) {
        return OptionSpec.builder(names.split(", ")).description(description);
    }

    private static PositionalParamSpec.Builder parameter(String label, String description) {
        return PositionalParamSpec.builder().paramLabel(label).description(description);
    }

    /** The value of the command line, or else that of the environment or of this argument. */
    public T value() {
        T given = spec.getValue();
        return given == null ? otherwise : given;
    }

    /** The value of the command line or the environment. */
    public Optional<T> given() {
        return Optional.ofNullable(spec.getValue());
    }

    ArgSpec spec() {
        return spec;
    }
}
