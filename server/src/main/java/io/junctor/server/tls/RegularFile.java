package io.junctor.server.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Immutable. What is looked at before a file is read: reading of a pipe or a device may never end. */
public final class RegularFile {
    private RegularFile() {}

    /**
     * Why {@code file} is not read, or null; stands behind its name.
     *
     * @throws IOException if the file cannot be looked at, as there is none
     */
    public static @Nullable String problem(Path file, long mostBytes) throws IOException {
        if (Files.isDirectory(file)) {
            return "is a directory, not a file";
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            return "is a pipe or a device, not a regular file";
        }
        return Files.size(file) > mostBytes ? "is larger than " + mostBytes + " bytes" : null;
    }
}
