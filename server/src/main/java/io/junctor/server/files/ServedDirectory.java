package io.junctor.server.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Finds the file of a request in a directory. It finds no file outside the directory, neither by {@code ..} nor by a symbolic
 * link, and no file if its name, or the name of one of its directories, begins with a dot. Thread-safe; blocks.
 */
final class ServedDirectory {
    private static final String INDEX = "index.html";

    private final Path root;

    /** The result of a search: a file, a directory, or nothing. */
    sealed interface SearchResult permits File, Directory, Nothing {}

    /**
     * A regular file.
     *
     * @param path the file without symbolic links, relative to the directory
     * @param bytes its size
     */
    record File(String path, long bytes) implements SearchResult {}

    /** A directory with an index page, requested without the slash at the end of the path. */
    record Directory() implements SearchResult {}

    /** No file that may be served exists at the path. */
    record Nothing() implements SearchResult {}

    ServedDirectory(Path root) {
        this.root = root;
    }

    /** Finds a file by the decoded path of a request, without the leading slash. For a directory it finds the index page. */
    SearchResult find(String path) {
        try {
            Path real = root.toRealPath();
            Path asked = isPlain(path) ? real.resolve(path) : null;
            if (asked == null || !Files.isDirectory(asked)) {
                return file(real, asked);
            }
            SearchResult index = file(real, asked.resolve(INDEX));
            boolean needsSlash = !path.isEmpty() && !path.endsWith("/") && index instanceof File;
            return needsSlash ? new Directory() : index;
        } catch (IOException | InvalidPathException e) {
            return new Nothing();
        }
    }

    private static boolean isPlain(String path) {
        if (path.indexOf('\\') >= 0 || path.indexOf('\0') >= 0) {
            return false;
        }
        for (String segment : path.split("/", -1)) {
            if (segment.startsWith(".")) {
                return false;
            }
        }
        return !path.startsWith("/") && !path.contains("//");
    }

    private static SearchResult file(Path root, @Nullable Path asked) throws IOException {
        if (asked == null || !Files.isRegularFile(asked)) {
            return new Nothing();
        }
        Path real = asked.toRealPath();
        if (!real.startsWith(root)) {
            return new Nothing();
        }
        String relative = root.relativize(real).toString();
        return isPlain(relative) ? new File(relative, Files.size(real)) : new Nothing();
    }
}
