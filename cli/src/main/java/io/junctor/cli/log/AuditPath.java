package io.junctor.cli.log;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** The audit file at its path, from which other programs may move it away. */
record AuditPath(Path path) implements AuditFile.Location {
    /** Stands for a file on a system where files have no keys. */
    private static final Object WITHOUT_KEY = new Object();

    @Override
    public SeekableByteChannel open() throws IOException {
        return Files.newByteChannel(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public @Nullable Object key() throws IOException {
        try {
            Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
            return key == null ? WITHOUT_KEY : key;
        } catch (NoSuchFileException moved) {
            return null;
        }
    }
}
