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
 * A Unix domain socket that a listener creates.
 *
 * @param path the path of the socket; converted to an absolute path
 * @param mode the permissions of the file; programs that may write to the file may connect
 * @param group the group of the file, or null for the group that the operating system chooses
 */
public record UnixSocket(
        Path path, Set<PosixFilePermission> mode, @Nullable String group) {
    private static final List<String> RIGHTS = List.of("---", "--x", "-w-", "-wx", "r--", "r-x", "rw-", "rwx");

    /** The default mode, 600: only programs of the router's user and of root may connect. */
    public static final Set<PosixFilePermission> DEFAULT_MODE = Objects.requireNonNull(mode("600"));

    /** The maximum length of a socket path on Linux, in bytes. */
    private static final int PATH_BYTES = 107;

    /**
     * The maximum length of the configured path. The socket is first bound in its own directory next to the path, whose name needs 8 more
     * bytes.
     */
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

    /** Parses a mode of three octal digits, such as {@code 660}; returns null for any other text. */
    public static @Nullable Set<PosixFilePermission> mode(String octal) {
        return octal.matches("[0-7]{3}")
                ? Set.copyOf(PosixFilePermissions.fromString(
                        octal.chars().mapToObj(digit -> RIGHTS.get(digit - '0')).collect(Collectors.joining())))
                : null;
    }

    /**
     * The URI of a path of WebSockets, such as {@code ws+unix:/run/junctor.sock:/ws}: the first colon after the scheme ends the path of the
     * socket; colons in that path are percent-encoded.
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

    /** Describes why an absolute path cannot be the path of a socket; null if it can. */
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
