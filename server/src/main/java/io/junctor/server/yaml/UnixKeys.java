package io.junctor.server.yaml;

import io.junctor.router.config.ListenerConfig;
import io.junctor.router.config.UnixSocket;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The keys of a listener on a Unix domain socket. */
final class UnixKeys {
    private static final Pattern MODE_DIGITS = Pattern.compile("[0-7]{3}");

    private static final Key<Path> PATH = Key.optional(
            "unix", ScalarType.text("the path of a socket such as /run/junctor/junctor.sock", TextFile::path));
    private static final Key<Set<PosixFilePermission>> MODE = Key.withDefault(
            "mode",
            ScalarType.text("a file mode of three octal digits in quotes such as \"660\"", UnixKeys::mode),
            UnixSocket.DEFAULT_MODE);
    private static final Key<String> GROUP =
            Key.optional("group", ScalarType.nonBlank("the name of a group").onRead(UnixKeys::warnIfUnknown));

    static final List<Key<?>> KEYS = List.of(PATH, MODE, GROUP);

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

    private static void warnIfUnknown(YamlNode node, String group) {
        node.document().addConfigCheck(config -> {
            try {
                FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByGroupName(group);
            } catch (IOException | UnsupportedOperationException e) {
                node.warn("there is no group '" + group + "' on this machine: the router could not listen");
            }
        });
    }

    /** Reports errors; {@code excluded} are the keys that a Unix domain socket does not have. */
    static void check(SectionValues values, List<Key<?>> excluded) {
        if (!values.has(PATH)) {
            if (values.has(MODE) || values.has(GROUP)) {
                values.error("'mode' and 'group' need 'unix': they are those of the file of a socket");
            }
            return;
        }
        excluded.stream()
                .filter(values::has)
                .forEach(key -> values.node(key).error("'unix' does not allow '" + key.name() + "'"));
        Path path = values.find(PATH);
        String problem = path == null ? null : UnixSocket.problem(resolve(values, path));
        if (problem != null) {
            values.node(PATH).error(problem);
        }
    }

    private static Path resolve(SectionValues values, Path path) {
        return values.document().resolve(path).toAbsolutePath().normalize();
    }

    /** Whether the listener is on a Unix domain socket. */
    static boolean isUnix(SectionValues values) {
        return values.has(PATH);
    }

    /** Sets the socket of a listener that has one. */
    static void build(SectionValues values, ListenerConfig.Builder listener) {
        Path path = values.find(PATH);
        if (path != null) {
            listener.unixSocket(new UnixSocket(resolve(values, path), values.get(MODE), values.find(GROUP)));
        }
    }
}
