package io.junctor.router.config.yaml;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Text that no message shows: it stands in the file, or in the file that <code>file:PATH</code> names, relative to this one. Immutable.
 */
record SecretText() implements Scalar<String> {
    private static final String FILE = "file:";
    private static final int MAX_BYTES = 1 << 16;

    @Override
    public String expected() {
        return "a secret, such as \"${NAME}\" or file:PATH, not empty";
    }

    @Override
    public @Nullable String parse(String text) {
        return text.isEmpty() ? null : text;
    }

    @Override
    public @Nullable String read(Value value) {
        String text = value.isUnquotedNonText() ? null : value.text(expected());
        if (value.isUnquotedNonText()) {
            value.reject(value.label() + " must be text in quotes");
        }
        if (text != null && text.isEmpty()) {
            value.reject(value.label() + " must be " + expected());
            return null;
        }
        return text != null && text.startsWith(FILE) ? load(text.substring(FILE.length()), value) : text;
    }

    private @Nullable String load(String path, Value value) {
        Path file = value.findings().directory().resolve(path);
        try {
            if (Files.size(file) > MAX_BYTES) {
                value.reject(path + " is larger than " + MAX_BYTES + " bytes");
                return null;
            }
            String text = Files.readString(file, StandardCharsets.UTF_8).stripTrailing();
            if (text.isEmpty()) {
                value.reject(path + " is empty");
                return null;
            }
            return text;
        } catch (IOException e) {
            value.reject(path + " cannot be read as text: " + e.getClass().getSimpleName());
            return null;
        }
    }
}
