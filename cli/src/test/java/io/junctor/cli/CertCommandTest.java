package io.junctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.cli.client.process.CommandEnvironment;
import io.junctor.router.config.listener.KeyFiles;
import io.junctor.server.tls.ServerKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertCommandTest {
    @TempDir
    Path directory;

    private int run(String... hosts) {
        String[] arguments = Stream.concat(Stream.of("cert", "-d", directory.toString()), Stream.of(hosts))
                .toArray(String[]::new);
        return Commands.of(CommandEnvironment.ofProcess(), arguments).execute(arguments);
    }

    @Test
    void makesAPairForTheGivenHostsThatTheRouterAccepts() throws Exception {
        assertThat(run("router.example.org", "192.0.2.7")).isZero();

        KeyFiles files = new KeyFiles.Pem(directory.resolve("cert.pem"), directory.resolve("key.pem"), null);
        assertThat(ServerKey.read(files).certificate().getSubjectAlternativeNames())
                .extracting(name -> String.valueOf(name.get(1)))
                .containsExactly("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1", "router.example.org", "192.0.2.7");
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("key.pem"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void keepsWhatIsThere() throws Exception {
        Files.writeString(directory.resolve("key.pem"), "precious");

        assertThat(run()).isNotZero();
        assertThat(directory.resolve("key.pem")).hasContent("precious");
        assertThat(directory.resolve("cert.pem")).doesNotExist();
    }
}
