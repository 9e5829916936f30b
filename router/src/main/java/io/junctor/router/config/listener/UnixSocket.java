package io.junctor.router.config.listener;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A Unix domain socket that a listener makes.
 *
 * @param path the file of the socket; made absolute
 * @param mode the rights of the file: programs connect if they may write to it
 * @param group the group of the file, or null for the group that the operating system chooses
 */
public record UnixSocket(
        Path path, Set<PosixFilePermission> mode, @Nullable String group) {
    private static final List<String> RIGHTS = List.of("---", "--x", "-w-", "-wx", "r--", "r-x", "rw-", "rwx");

    /** Only programs of the router's own user, and root, may connect. */
    public static final Set<PosixFilePermission> DEFAULT_MODE = Objects.requireNonNull(mode("600"));

    /** The longest path of a socket that Linux takes. */
    private static final int PATH_BYTES = 107;

    /** The socket is bound in a directory of its own beside the path, whose name takes 8 bytes. */
    private static final int DIRECTORY_BYTES = PATH_BYTES - 8;

    /** Copies the set and checks the length of the path. */
    public UnixSocket {
        path = path.toAbsolutePath();
        mode = Set.copyOf(mode);
        String problem = problem(path);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
    }

    /** A socket with the default mode. */
    public UnixSocket(Path path) {
        this(path, DEFAULT_MODE, null);
    }

    /** The mode of three octal digits, such as {@code 660}; null if a text is something else. */
    public static @Nullable Set<PosixFilePermission> mode(String octal) {
        return octal.matches("[0-7]{3}")
                ? Set.copyOf(PosixFilePermissions.fromString(
                        octal.chars().mapToObj(digit -> RIGHTS.get(digit - '0')).collect(Collectors.joining())))
                : null;
    }

    /**
     * The URI of a path of WebSockets, such as {@code ws+unix:/run/junctor.sock:/ws}: the first colon behind the scheme
     * ends the path of the socket, in which colons are encoded.
     */
    public URI uri(WebSocketPath websocket) {
        try {
            String socket =
                    new URI(null, null, path.toString(), null).getRawPath().replace(":", "%3A");
            return URI.create("ws+unix:" + socket + ":" + websocket.path());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("an absolute path is not the path of a URI: " + path, e);
        }
    }

    /** Why an absolute path cannot be that of a socket, or null. */
    public static @Nullable String problem(Path path) {
        Path directory = path.getParent();
        if (directory == null) {
            return "'" + path + "' is not the path of a file";
        }
        if (bytes(path) > PATH_BYTES) {
            return "the path of a socket has at most " + PATH_BYTES + " bytes; '" + path + "' has " + bytes(path);
        }
        return bytes(directory) > DIRECTORY_BYTES
                ? "the directory of a socket has a path of at most " + DIRECTORY_BYTES + " bytes; '" + directory
                        + "' has " + bytes(directory)
                : null;
    }

    private static int bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length;
    }
}
