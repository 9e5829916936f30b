package io.junctor.server.yaml;

import io.junctor.router.config.ListenerConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.UnixSocket;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The keys of a listener on a Unix domain socket. */
final class UnixKeys {
    private static final Pattern MODE_DIGITS = Pattern.compile("[0-7]{3}");

    static final KeyTable KEYS = new KeyTable()
            .optional("unix", ScalarType.text("the path of a socket such as /run/junctor/junctor.sock", TextFile::path))
            .key(
                    "mode",
                    ScalarType.text("a file mode of three octal digits in quotes such as \"660\"", UnixKeys::mode),
                    UnixSocket.DEFAULT_MODE)
            .optional("group", ScalarType.nonBlank("the name of a group").checkedBy(UnixKeys::warnIfUnknown))
            .check(UnixKeys::check);

    private UnixKeys() {}

    /** Reads three octal digits; null if the text is invalid. */
    private static @Nullable Set<PosixFilePermission> mode(String text) {
        if (!MODE_DIGITS.matcher(text).matches()) {
            return null;
        }
        int bits = Integer.parseInt(text, 8);
        StringBuilder rights = new StringBuilder();
        for (int bit = 0; bit < 9; bit++) {
            rights.append((bits >> (8 - bit) & 1) == 0 ? '-' : "rwx".charAt(bit % 3));
        }
        return PosixFilePermissions.fromString(rights.toString());
    }

    private static void warnIfUnknown(String group, RouterConfig config, YamlNode node) {
        try {
            FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByGroupName(group);
        } catch (IOException | UnsupportedOperationException e) {
            node.warn("there is no group '" + group + "' on this machine: the router could not listen");
        }
    }

    private static void check(SectionValues values) {
        if (!values.has("unix")) {
            if (values.has("mode", "group")) {
                values.error("'mode' and 'group' need 'unix': they are those of the file of a socket");
            }
            return;
        }
        Stream.of("port", "host", "inherited_socket", "tls")
                .filter(values::has)
                .forEach(key -> values.node(key).error("'unix' does not allow '" + key + "'"));
        Path path = path(values);
        String problem = path == null ? null : UnixSocket.problem(path);
        if (problem != null) {
            values.node("unix").error(problem);
        }
    }

    private static @Nullable Path path(SectionValues values) {
        Path path = values.path("unix");
        return path == null ? null : path.toAbsolutePath().normalize();
    }

    /** Sets the socket of a listener that has one. */
    static void build(SectionValues values, ListenerConfig.Builder listener) {
        Path path = path(values);
        if (path != null) {
            listener.unixSocket(new UnixSocket(path, values.get("mode"), values.find("group")));
        }
    }
}
