package io.junctor.server.files;

import io.junctor.wamp.auth.Digests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.util.resource.Resource;
import org.eclipse.jetty.util.resource.ResourceFactory;

/**
 * The files of the console, from the module {@code junctor-console} on the class path. They are read once, when the first browser asks, and
 * kept in memory: less than 400 KiB with their compressed forms. Thread-safe.
 */
final class ConsoleFiles {
    private static final String FOLDER = "io/junctor/console/";
    private static final int TAG_BYTES = 12;

    /**
     * One file.
     *
     * @param type its content type
     * @param tag its entity tag, with quotes
     * @param bytes its bytes
     * @param gzipped its bytes compressed by gzip
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
    record ConsoleFile(String type, String tag, byte[] bytes, byte[] gzipped) {}

    /** Reads the files when it is first used. */
    private static final class LazyFiles {
        static final CompletableFuture<Map<String, ConsoleFile>> FILES = new CompletableFuture<>();

        static {
            Thread.ofVirtual().name("console-files").start(() -> {
                try {
                    FILES.complete(read());
                } catch (IOException | RuntimeException e) {
                    FILES.completeExceptionally(e);
                }
            });
        }
    }

    private ConsoleFiles() {}

    /** Returns the files by their paths relative to the path of the console; completes when a thread of this package has read them. */
    static CompletionStage<Map<String, ConsoleFile>> byPath() {
        return LazyFiles.FILES;
    }

    private static Map<String, ConsoleFile> read() throws IOException {
        Map<String, ConsoleFile> files = new HashMap<>();
        try (ResourceFactory.Closeable resources = ResourceFactory.closeable()) {
            Resource folder = resources.newResource(Objects.requireNonNull(
                    ConsoleFiles.class.getClassLoader().getResource(FOLDER + "index.html"),
                    "the class path lacks junctor-console"));
            String base = folder.getURI().toString();
            String root = base.substring(0, base.length() - "index.html".length());
            for (Resource file : resources.newResource(root).getAllResources()) {
                if (!file.isDirectory()) {
                    String path = file.getURI().toString().substring(root.length());
                    files.put(path, file(path, file));
                }
            }
        }
        return Map.copyOf(files);
    }

    private static ConsoleFile file(String path, Resource resource) throws IOException {
        try (InputStream input = resource.newInputStream()) {
            byte[] bytes = input.readAllBytes();
            ByteArrayOutputStream gzipped = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(gzipped)) {
                gzip.write(bytes);
            }
            String type =
                    Objects.requireNonNullElse(MimeTypes.DEFAULTS.getMimeByExtension(path), "application/octet-stream");
            boolean isText = type.startsWith("text/");
            return new ConsoleFile(isText ? type + "; charset=utf-8" : type, tag(bytes), bytes, gzipped.toByteArray());
        }
    }

    private static String tag(byte[] bytes) {
        return '"' + HexFormat.of().formatHex(Digests.sha256(bytes), 0, TAG_BYTES) + '"';
    }
}
