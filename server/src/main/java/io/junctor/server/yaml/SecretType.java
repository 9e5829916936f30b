package io.junctor.server.yaml;

import io.junctor.server.tls.RegularFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A secret: the text itself, or <code>file:PATH</code> for the text of a file. Errors never show it.
 *
 * @param <T> the Java type of the value
 * @param expected describes valid secrets after "must be"
 * @param parser parses the secret; returns null for an invalid one
 */
record SecretType<T>(String expected, Function<String, @Nullable T> parser) implements ValueType<T> {
    static final SecretType<String> TEXT = new SecretType<>("a secret", text -> text);

    private static final String FORM = "a secret, such as \"${NAME}\" or file:PATH, not empty";
    private static final String FILE = "file:";
    private static final int MAX_BYTES = 1 << 16;

    @Override
    public @Nullable T read(YamlNode node) {
        if (node.isUnquotedNonText()) {
            node.error(node.label() + " must be text in quotes");
            return null;
        }
        String text = node.text(FORM);
        if (text != null && text.isEmpty()) {
            node.error(node.label() + " must be " + FORM);
            return null;
        }
        String secret = text != null && text.startsWith(FILE) ? load(text.substring(FILE.length()), node) : text;
        T value = secret == null ? null : parser.apply(secret);
        if (secret != null && value == null) {
            node.error(node.label() + " must be " + expected);
        }
        return value;
    }

    private static @Nullable String load(String path, YamlNode node) {
        String problem;
        try {
            Path file = node.document().resolve(path);
            problem = RegularFile.problem(file, MAX_BYTES);
            if (problem == null) {
                String text = Files.readString(file).stripTrailing();
                if (!text.isEmpty()) {
                    return text;
                }
                problem = "is empty";
            }
        } catch (NoSuchFileException e) {
            problem = "does not exist";
        } catch (AccessDeniedException e) {
            problem = "may not be read: permission denied";
        } catch (CharacterCodingException e) {
            problem = "is not UTF-8 text";
        } catch (IOException | IllegalArgumentException e) {
            problem = "cannot be read: " + e.getMessage();
        }
        node.error(node.label() + ": the file " + path + " " + problem);
        return null;
    }
}
