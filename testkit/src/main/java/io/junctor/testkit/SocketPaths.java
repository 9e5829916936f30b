package io.junctor.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Paths for the Unix domain sockets of tests, in one directory, which is deleted when the JVM ends. Thread-safe. */
public final class SocketPaths {
    private static final Path DIRECTORY = directory();
    private static final AtomicInteger LAST = new AtomicInteger();

    private SocketPaths() {}

    /** Returns a short path at which no file exists. */
    public static Path next() {
        return DIRECTORY.resolve("router" + LAST.incrementAndGet() + ".sock");
    }

    private static Path directory() {
        try {
            Path directory = Files.createTempDirectory("junctor");
            directory.toFile().deleteOnExit();
            return directory;
        } catch (IOException e) {
            throw new AssertionError("cannot create a directory", e);
        }
    }
}
