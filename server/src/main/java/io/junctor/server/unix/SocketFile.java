package io.junctor.server.unix;

import io.junctor.router.config.listener.UnixSocket;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the file of a listening socket. For one thread.
 *
 * <p>The socket is bound in a new directory beside the path, which no other user may enter. There it gets its group and
 * mode, and then a hard link at its path. So no program can connect before the mode is set, and if two routers
 * start at the same time, only one gets the path. An existing file at the path is first moved into the same directory. It is
 * deleted only if no program listens on it.
 */
final class SocketFile {
    private static final Logger LOG = LoggerFactory.getLogger(SocketFile.class);
    private static final int FILE_TYPE = 0xF000;
    private static final int SOCKET = 0xC000;
    private static final int MOST_DIRECTORIES = 1_000;

    private final UnixSocket config;
    private final Path path;

    SocketFile(UnixSocket config) {
        this.config = config;
        this.path = config.path();
    }

    /** Creates a socket that listens at the path. */
    ServerSocketChannel bind(int backlog) throws IOException {
        requireFree(path);
        Path directory = newDirectory();
        ServerSocketChannel channel = null;
        try {
            channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            Path bound = directory.resolve("s");
            channel.bind(UnixDomainSocketAddress.of(bound), backlog);
            restrict(bound);
            moveAside(directory.resolve("old"));
            link(bound);
            return channel;
        } catch (IOException | RuntimeException failure) {
            if (channel != null) {
                channel.close();
            }
            throw failure;
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path directory) {
        try {
            Files.deleteIfExists(directory.resolve("s"));
            Files.delete(directory);
        } catch (IOException e) {
            LOG.warn("the directory {} is left behind", directory, e);
        }
    }

    /** Returns a key that identifies the file at the path; null if no file exists. */
    @Nullable
    Object key() throws IOException {
        return exists(path)
                ? Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                        .fileKey()
                : null;
    }

    private Path newDirectory() throws IOException {
        Path parent = Objects.requireNonNull(path.getParent());
        for (int number = 0; number < MOST_DIRECTORIES; number++) {
            Path directory = parent.resolve(".j" + number);
            try {
                return Files.createDirectory(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } catch (FileAlreadyExistsException inUse) {
                // The next number may be unused.
            } catch (NoSuchFileException missing) {
                throw new UnixSocketException("the directory " + parent + " does not exist");
            } catch (AccessDeniedException denied) {
                throw new UnixSocketException("the program may not write into the directory " + parent);
            } catch (UnsupportedOperationException noModes) {
                throw new UnixSocketException("files in the directory " + parent + " have no modes");
            }
        }
        throw new UnixSocketException("the directory " + parent + " has " + MOST_DIRECTORIES
                + " directories .j0 and so on, which routers left when they were killed");
    }

    private void restrict(Path bound) throws IOException {
        String name = config.group();
        if (name != null) {
            try {
                GroupPrincipal group =
                        bound.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(name);
                Files.getFileAttributeView(bound, PosixFileAttributeView.class).setGroup(group);
            } catch (UserPrincipalNotFoundException unknown) {
                throw new UnixSocketException("there is no group '" + name + "'");
            } catch (FileSystemException denied) {
                throw new UnixSocketException("the program may not give the file to the group '" + name
                        + "': its user must be a member (" + denied.getReason() + ")");
            }
        }
        Files.setPosixFilePermissions(bound, config.mode());
    }

    /** Moves away the file that a killed router left at the path. */
    private void moveAside(Path old) throws IOException {
        if (!exists(path)) {
            return;
        }
        try {
            Files.move(path, old, StandardCopyOption.ATOMIC_MOVE);
        } catch (AccessDeniedException denied) {
            throw new UnixSocketException("the program may not replace the file that a router left there");
        }
        try {
            requireFree(old);
        } catch (UnixSocketException inUse) {
            // Another router has begun to listen since the first check.
            Files.move(old, path);
            throw inUse;
        }
        Files.delete(old);
    }

    private void link(Path bound) throws IOException {
        try {
            Files.createLink(path, bound);
        } catch (FileAlreadyExistsException other) {
            throw new UnixSocketException("another program listens on it");
        }
    }

    /** Fails if a file exists, unless it is a socket on which no program listens. */
    private static void requireFree(Path file) throws IOException {
        if (!exists(file)) {
            return;
        }
        int mode = (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        if ((mode & FILE_TYPE) != SOCKET) {
            throw new UnixSocketException("there is a file that is not a socket");
        }
        String problem = answer(file);
        if (problem != null) {
            throw new UnixSocketException(problem);
        }
    }

    /** Returns the program that answers at a socket; null if the operating system reports that no program listens. */
    private static @Nullable String answer(Path socket) {
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            // A blocking attempt would wait for a program whose queue is full.
            probe.configureBlocking(false);
            probe.connect(UnixDomainSocketAddress.of(socket));
            return "another program listens on it";
        } catch (ConnectException refused) {
            return null;
        } catch (IOException e) {
            return "another program seems to listen on it (" + e.getMessage() + ")";
        }
    }

    private static boolean exists(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }
}
