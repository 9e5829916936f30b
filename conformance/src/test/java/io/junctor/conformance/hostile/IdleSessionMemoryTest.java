package io.junctor.conformance.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients cost that only wait. */
@Timeout(300)
class IdleSessionMemoryTest {
    /** So many sessions load the classes, and let tables and pools grow. */
    private static final int FIRST_SESSIONS = 300;

    private static final int SESSIONS = 1_500;
    private static final int JVM_WITH_COMPACT_OBJECT_HEADERS = 24;
    private static final String THREADS = "jvm_threads_live_threads";

    /** Sessions of the load generator, which stay until they are closed. */
    private record IdleSessions(Process generator) implements AutoCloseable {
        static IdleSessions join(RouterProcess router, URI url, int sessions) throws IOException {
            List<String> arguments = List.of(
                    "bench",
                    "join",
                    "--progress",
                    "--url",
                    url.toString(),
                    "--realm",
                    router.realm(),
                    "--connections",
                    Integer.toString(sessions),
                    "--window",
                    "10",
                    "--duration",
                    "86400");
            ProcessBuilder builder = RouterProcess.java(List.of("-XX:+UseSerialGC", "-Xmx256m"), arguments);
            builder.redirectOutput(router.directory().resolve("generator.out").toFile());
            IdleSessions opened = new IdleSessions(builder.start());
            opened.awaitJoined();
            return opened;
        }

        private void awaitJoined() throws IOException {
            BufferedReader progress = generator.errorReader(StandardCharsets.UTF_8);
            String line = "";
            while (!line.startsWith("holding")) {
                line = progress.readLine();
                if (line == null || line.startsWith("junctor:")) {
                    generator.destroy();
                    throw new IOException("the generator says " + line);
                }
            }
        }

        @Override
        public void close() {
            generator.destroyForcibly().onExit().join();
        }
    }

    @ParameterizedTest
    @CsvSource({"ws, /ws, 3200, 3900", "tcp, '', 3200, 3900", "http, /ws, 11000, 13500"})
    void anIdleSessionTakesLittleMemoryAndNoThread(
            String scheme, String path, long mostBytes, long mostBytesOfOldJvm, @TempDir Path directory)
            throws Exception {
        try (RouterProcess router = RouterProcess.start(directory, 256)) {
            URI url = URI.create(scheme + "://" + router.uri().getAuthority() + path);
            try (IdleSessions first = IdleSessions.join(router, url, FIRST_SESSIONS)) {
                long bytes = router.liveHeapBytes();
                double threads = router.metric(THREADS);
                try (IdleSessions more = IdleSessions.join(router, url, SESSIONS)) {
                    long bytesEach = (router.liveHeapBytes() - bytes) / SESSIONS;
                    boolean isCompact = Runtime.version().feature() >= JVM_WITH_COMPACT_OBJECT_HEADERS;
                    assertThat(bytesEach).isBetween(1_000L, isCompact ? mostBytes : mostBytesOfOldJvm);
                    assertThat(router.metric(THREADS)).isLessThan(threads + FIRST_SESSIONS);
                }
            }
        }
    }
}
