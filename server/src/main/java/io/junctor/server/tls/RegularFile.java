package io.junctor.server.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Checks whether a file may be read: reading a pipe or a device may never end. */
public final class RegularFile {
    private RegularFile() {}

    /**
     * Returns why {@code file} must not be read, as a clause that follows its name in a message, or null if it may be read.
     *
     * @throws IOException if the file does not exist or is not accessible
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
