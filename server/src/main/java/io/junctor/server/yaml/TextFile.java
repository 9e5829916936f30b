package io.junctor.server.yaml;

import io.junctor.server.tls.RegularFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The text of a UTF-8 file, or the reason why it cannot be read.
 *
 * @param text the text; if the file is not UTF-8, the text before the first wrong byte
 * @param problem the reason as a clause about the file, or null
 */
record TextFile(String text, @Nullable String problem) {

    static TextFile read(Path file, int maxBytes) {
        try {
            String problem = RegularFile.problem(file, maxBytes);
            return problem == null ? decode(Files.readAllBytes(file)) : new TextFile("", problem);
        } catch (NoSuchFileException e) {
            return new TextFile("", "does not exist");
        } catch (AccessDeniedException e) {
            return new TextFile("", "may not be read: permission denied");
        } catch (IOException e) {
            return new TextFile("", "cannot be read: " + e.getMessage());
        }
    }

    private static TextFile decode(byte[] bytes) {
        CharBuffer text = CharBuffer.allocate(bytes.length);
        boolean isUtf8 = !StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes), text, true)
                .isError();
        return new TextFile(text.flip().toString(), isUtf8 ? null : "is not UTF-8 text");
    }

    /** Parses a path; returns null for an empty or invalid one. */
    static @Nullable Path path(String text) {
        try {
            return text.isBlank() ? null : Path.of(text);
        } catch (InvalidPathException e) {
            return null;
        }
    }
}
