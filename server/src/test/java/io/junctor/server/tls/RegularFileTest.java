package io.junctor.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RegularFileTest {
    @TempDir
    private Path directory;

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aPipeIsNotRead() throws Exception {
        Path pipe = directory.resolve("cert.pem");
        Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
        assertThat(made.waitFor()).isZero();

        assertThat(RegularFile.problem(pipe, 100)).isEqualTo("is a pipe or a device, not a regular file");
        assertThat(catchThrowable(() -> KeyStores.bytes(pipe)))
                .isInstanceOf(TlsException.class)
                .hasMessage(pipe + " is a pipe or a device, not a regular file");
    }

    @Test
    void aFileIsReadUpToItsLimit() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "12345");
        assertThat(RegularFile.problem(file, 5)).isNull();
        assertThat(RegularFile.problem(file, 4)).isEqualTo("is larger than 4 bytes");
        assertThat(RegularFile.problem(directory, 4)).isEqualTo("is a directory, not a file");
    }
}
