package io.junctor.router.config.listener;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The configuration of the files that a listener serves to browsers.
 *
 * @param path the prefix of the files' paths, beginning with a slash
 * @param directory the directory of the files
 * @param maxAge how long browsers may use a file without asking whether it has changed
 */
public record FilesConfig(String path, Path directory, Duration maxAge) {
    /** Checks the path. */
    public FilesConfig {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("the path of files must begin with a slash");
        }
    }

    /** Files under {@code /}, for which browsers always ask whether they have changed. */
    public static FilesConfig of(Path directory) {
        return new FilesConfig("/", directory, Duration.ZERO);
    }
}
