package io.junctor.server.yaml;

import io.junctor.router.config.ListenAddress;
import io.junctor.router.config.ListenerConfig;
import io.junctor.router.config.UnixSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The address of a listener: host and port, the socket that the process has inherited, or a Unix domain socket. */
final class AddressKeys {
    private static final ListenAddress DEFAULT =
            ListenerConfig.builder().build().address();
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[\\w.-]+)?");
    private static final List<String> RIGHTS = List.of("---", "--x", "-w-", "-wx", "r--", "r-x", "rw-", "rwx");

    private static final ValueType<String> HOST_NAME = ScalarType.matching(
                    "an address or host name such as 127.0.0.1", HOST.asMatchPredicate())
            .onRead(AddressKeys::warnIfUnknownHost);
    private static final ScalarType<Set<PosixFilePermission>> MODE =
            ScalarType.text("a file mode of three octal digits in quotes such as \"660\"", AddressKeys::mode);

    private static final ValueType<Path> SOCKET = ScalarType.text(
                    "the path of a socket such as /run/junctor/junctor.sock", TextFile::path)
            .map(AddressKeys::socket);

    static final KeyTable KEYS = new KeyTable()
            .key("port", ScalarType.integer(0, 65_535), DEFAULT.port())
            .key("host", HOST_NAME, DEFAULT.host())
            .flag("inherited_socket", false)
            .optional("unix", SOCKET)
            .key("mode", MODE, UnixSocket.DEFAULT_MODE)
            .optional("group", ScalarType.nonBlank("the name of a group").onRead(AddressKeys::warnIfUnknownGroup))
            .refuse(
                    values -> values.isTrue("inherited_socket") && values.has("port", "host"),
                    "'inherited_socket' does not allow 'port' and 'host': the socket has an address")
            .refuse(
                    values -> values.has("mode", "group") && !values.has("unix"),
                    "'mode' and 'group' need 'unix': they are those of the file of a socket")
            .check(AddressKeys::checkUnix);

    private AddressKeys() {}

    private static @Nullable Set<PosixFilePermission> mode(String text) {
        return text.matches("[0-7]{3}")
                ? PosixFilePermissions.fromString(
                        text.chars().mapToObj(digit -> RIGHTS.get(digit - '0')).collect(Collectors.joining()))
                : null;
    }

    /** Resolves a host name, which may take seconds; for an address it takes no time. */
    private static void warnIfUnknownHost(YamlNode node, String host) {
        try {
            InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            node.warn("the host '" + host + "' has no address on this machine: the router could not listen on it");
        }
    }

    private static void warnIfUnknownGroup(YamlNode node, String group) {
        try {
            FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByGroupName(group);
        } catch (IOException | UnsupportedOperationException e) {
            node.warn("there is no group '" + group + "' on this machine: the router could not listen");
        }
    }

    private static @Nullable Path socket(YamlNode node, Path path) {
        Path file = node.document().resolve(path).normalize();
        String problem = UnixSocket.problem(file);
        if (problem != null) {
            node.error(problem);
        }
        return problem == null ? file : null;
    }

    private static void checkUnix(SectionValues values) {
        Stream.of("port", "host", "inherited_socket", "tls")
                .filter(key -> values.has("unix") && values.has(key))
                .forEach(key -> values.node(key).error("'unix' does not allow '" + key + "'"));
    }

    static ListenerConfig.Builder build(SectionValues values) {
        if (values.has("unix")) {
            UnixSocket socket = new UnixSocket(values.get("unix"), values.get("mode"), values.find("group"));
            return ListenerConfig.builder().unixSocket(socket);
        }
        boolean isInherited = values.isTrue("inherited_socket");
        return ListenerConfig.builder()
                .host(values.get("host"))
                .port(isInherited ? 0 : values.get("port"))
                .inheritedSocket(isInherited);
    }
}
