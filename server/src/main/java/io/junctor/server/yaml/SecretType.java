package io.junctor.server.yaml;

import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The type of a secret: the text itself, or <code>file:PATH</code> for the content of a file. Errors never show the secret.
 *
 * @param <T> the Java type of the value
 * @param expected describes valid secrets after "must be"
 * @param parser parses the secret; returns null for an invalid one
 */
record SecretType<T>(String expected, Function<String, @Nullable T> parser) implements ValueType<T> {
    static final SecretType<String> TEXT = matching("a secret", text -> true);
    private static final String FORM = "a secret, such as \"${NAME}\" or file:PATH, not empty";
    private static final String FILE = "file:";
    private static final int MAX_BYTES = 1 << 16;

    static SecretType<String> matching(String expected, Predicate<String> valid) {
        return new SecretType<>(expected, text -> valid.test(text) ? text : null);
    }

    @Override
    public @Nullable T read(YamlNode node) {
        if (node.isUnquotedNonText()) {
            node.error(node.label() + " must be text in quotes");
            return null;
        }
        String text = node.text(FORM);
        String secret = text != null && text.startsWith(FILE) ? load(text.substring(FILE.length()), node) : text;
        T value = secret == null || secret.isEmpty() ? null : parser.apply(secret);
        if (secret != null && value == null) {
            node.error(node.label() + " must be " + (secret.isEmpty() ? FORM : expected));
        }
        return value;
    }

    private static @Nullable String load(String name, YamlNode node) {
        Path path = TextFile.path(name);
        TextFile file = path == null
                ? new TextFile("", "has no valid name")
                : TextFile.read(node.diagnostics().resolve(path), MAX_BYTES);
        String secret = file.text().stripTrailing();
        String problem = file.problem() == null && secret.isEmpty() ? "is empty" : file.problem();
        if (problem != null) {
            node.error(node.label() + ": the file " + name + " " + problem);
        }
        return problem == null ? secret : null;
    }
}
