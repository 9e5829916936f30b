package io.junctor.server.unix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.router.config.listener.ListenAddress;
import io.junctor.router.config.listener.UnixSocket;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a listening Unix domain socket makes its file, replaces that of another router, and removes it. */
class SocketFileTest {
    @TempDir
    private Path directory;

    private Path path;

    @BeforeEach
    void choosePath() {
        path = directory.resolve("router.sock");
    }

    private static UnixListenSocket open(UnixSocket config) throws IOException {
        UnixListenSocket socket = Objects.requireNonNull(UnixListenSocket.of(ListenAddress.of(config)));
        socket.open(10);
        return socket;
    }

    private UnixListenSocket open() throws IOException {
        return open(new UnixSocket(path));
    }

    /** A socket of another program, which does not remove its file. */
    private ServerSocketChannel other() throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path));
    }

    private boolean isAnswered() throws IOException {
        try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            return client.isConnected();
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private void expectRefusal(String reason) {
        assertThatThrownBy(this::open).isInstanceOf(UnixSocketException.class).hasMessage(reason);
    }

    @Test
    void byDefaultTheFileIsForTheUserOfTheRouterOnly() throws IOException {
        UnixListenSocket socket = open();
        assertThat(Files.getPosixFilePermissions(path)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(names()).containsExactly("router.sock");
        socket.close();
        assertThat(names()).isEmpty();
    }

    @Test
    void theFileHasTheModeAndGroupOfTheConfiguration() throws IOException {
        String group = Files.readAttributes(directory, PosixFileAttributes.class)
                .group()
                .getName();
        Set<PosixFilePermission> mode = PosixFilePermissions.fromString("rw-rw--w-");
        UnixListenSocket socket = open(new UnixSocket(path, mode, group));
        PosixFileAttributes made = Files.readAttributes(path, PosixFileAttributes.class);
        assertThat(made.permissions()).isEqualTo(mode);
        assertThat(made.group().getName()).isEqualTo(group);
        socket.close();
    }

    @Test
    void aFileOnWhichNoProgramListensIsReplaced() throws IOException {
        other().close();
        assertThat(path).exists();
        UnixListenSocket socket = open();
        assertThat(isAnswered()).isTrue();
        assertThat(names()).containsExactly("router.sock");
        socket.close();
    }

    @Test
    void aFileOnWhichAnotherProgramListensStays() throws IOException {
        try (ServerSocketChannel other = other()) {
            expectRefusal("another program listens on it");
            assertThat(isAnswered()).isTrue();
            assertThat(other.accept()).isNotNull();
        }
    }

    @Test
    void aProgramWhoseQueueIsFullListensToo() throws IOException {
        try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                        .bind(UnixDomainSocketAddress.of(path), 1);
                SocketChannel first = SocketChannel.open(UnixDomainSocketAddress.of(path));
                SocketChannel second = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(UnixSocketException.class)
                    .hasMessageStartingWith("another program seems to listen on it (");
        }
    }

    @Test
    void aFileThatIsNoSocketIsNeverRemoved() throws IOException {
        Files.writeString(path, "data");
        expectRefusal("there is a file that is not a socket");
        assertThat(path).hasContent("data");
        Files.delete(path);
        Files.createSymbolicLink(path, directory.resolve("elsewhere.sock"));
        expectRefusal("there is a file that is not a socket");
        assertThat(path).isSymbolicLink();
        Files.delete(path);
        Files.createDirectory(path);
        expectRefusal("there is a file that is not a socket");
        assertThat(names()).containsExactly("router.sock");
    }

    @Test
    void onlyTheOwnFileIsRemoved() throws IOException {
        UnixListenSocket socket = open();
        Files.delete(path);
        try (ServerSocketChannel other = other()) {
            socket.close();
            assertThat(isAnswered()).isTrue();
            assertThat(other.isOpen()).isTrue();
        }
    }

    @Test
    void aRouterListensAgainAfterItsEnd() throws IOException {
        open().close();
        UnixListenSocket again = open();
        assertThat(isAnswered()).isTrue();
        again.close();
    }

    @Test
    void whatIsMissingIsNamed() {
        path = directory.resolve("missing").resolve("router.sock");
        expectRefusal("the directory " + path.getParent() + " does not exist");
        path = directory.resolve("router.sock");
        UnixSocket unknown = new UnixSocket(path, UnixSocket.DEFAULT_MODE, "no-such-group");
        assertThatThrownBy(() -> open(unknown))
                .isInstanceOf(UnixSocketException.class)
                .hasMessage("there is no group 'no-such-group'");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aPathThatIsTooLongIsRefusedWithTheLimit() {
        Path longest = Path.of("/" + "d".repeat(98), "s");
        assertThat(UnixSocket.problem(longest)).isNull();
        assertThat(UnixSocket.problem(Path.of("/" + "d".repeat(99), "s")))
                .isEqualTo(
                        "the directory of a socket has a path of at most 99 bytes; '/" + "d".repeat(99) + "' has 100");
        Path file = Path.of("/" + "f".repeat(107));
        assertThatThrownBy(() -> new UnixSocket(file))
                .hasMessage("the path of a socket has at most 107 bytes; '" + file + "' has 108");
    }
}
