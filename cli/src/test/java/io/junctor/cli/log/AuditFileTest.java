package io.junctor.cli.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.junctor.router.audit.AuditLog;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AuditFileTest {
    private final Counters counters = new Counters();
    private final Disk disk = new Disk();

    /** A file on a disk with limited space. */
    private static final class Disk implements SeekableByteChannel {
        private byte[] bytes = {};
        private int sessions = 10;

        @Override
        public synchronized int write(ByteBuffer from) throws IOException {
            int count = Math.min(from.remaining(), sessions - bytes.length);
            if (count == 0) {
                throw new IOException("No space left on device");
            }
            int end = bytes.length;
            bytes = Arrays.copyOf(bytes, end + count);
            from.get(bytes, end, count);
            return count;
        }

        @Override
        public synchronized SeekableByteChannel truncate(long size) {
            bytes = Arrays.copyOf(bytes, (int) size);
            return this;
        }

        synchronized String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        synchronized void grow() {
            sessions = 1_000;
        }

        @Override
        public synchronized long size() {
            return bytes.length;
        }

        @Override
        public int read(ByteBuffer to) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long position() {
            return size();
        }

        @Override
        public SeekableByteChannel position(long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    @AfterEach
    void forget() {
        AuditLog.written();
        AuditLog.requireForJoins(false);
    }

    @Test
    void aLineThatFindsNoRoomIsTriedAgainAndLeavesNoPartOfItself() throws Exception {
        LoggerContext context = new LoggerContext();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%msg\n");
        encoder.start();
        AuditFile file = new AuditFile(place(disk), encoder, 1);
        file.setContext(context);
        file.countIn(counters);
        file.start();
        file.doAppend(line(context, "12345678"));
        AuditLog.requireForJoins(true);
        assertThat(AuditLog.refusesJoins()).isFalse();

        Thread writer = Thread.ofPlatform().start(() -> file.doAppend(line(context, "abcdefgh")));
        await().until(() -> counters.value(Counter.AUDIT_WRITES_FAILED) >= 2);
        assertThat(AuditLog.fault()).contains("No space left");
        assertThat(AuditLog.refusesJoins()).isTrue();
        assertThat(disk.text()).startsWith("12345678\n");

        disk.grow();
        writer.join();
        assertThat(disk.text()).isEqualTo("12345678\nabcdefgh\n");
        assertThat(AuditLog.fault()).isNull();
        assertThat(AuditLog.refusesJoins()).isFalse();
    }

    private static LoggingEvent line(LoggerContext context, String text) {
        LoggingEvent line = new LoggingEvent();
        line.setLoggerContext(context);
        line.setMessage(text);
        return line;
    }

    private static AuditFile.Location place(Disk disk) {
        return new AuditFile.Location() {
            @Override
            public SeekableByteChannel open() {
                return disk;
            }

            @Override
            public Object key() {
                return disk;
            }
        };
    }

    @Test
    void aFileThatWasMovedIsOpenedAgainAfterASecond(@TempDir Path directory) throws Exception {
        LoggerContext context = new LoggerContext();
        Path path = directory.resolve("audit.log");
        Path moved = directory.resolve("audit.log.1");
        AuditFile file = new AuditFile(new AuditPath(path), new JsonLogEncoder(JsonLogEncoder.Content.AUDIT));
        file.setContext(context);
        file.start();
        file.doAppend(line(context, "{\"event\":\"join\"}", 5_000));
        Files.move(path, moved);
        file.doAppend(line(context, "{\"event\":\"kill\"}", 5_999));
        file.doAppend(line(context, "{\"event\":\"denied\"}", 6_000));
        file.stop();
        assertThat(moved).hasContent("""
                        {"time":"1970-01-01T00:00:05.000Z","event":"join"}
                        {"time":"1970-01-01T00:00:05.999Z","event":"kill"}
                        """);
        assertThat(path).hasContent("""
                        {"time":"1970-01-01T00:00:06.000Z","event":"denied"}
                        """);
    }

    private static LoggingEvent line(LoggerContext context, String text, long millis) {
        LoggingEvent line = line(context, text);
        line.setTimeStamp(millis);
        return line;
    }
}
