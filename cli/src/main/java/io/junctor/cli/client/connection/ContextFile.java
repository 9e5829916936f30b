package io.junctor.cli.client.connection;

import io.junctor.cli.client.process.CommandEnvironment;
import io.junctor.cli.client.process.CommandException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The file of contexts: {@code junctor/contexts.yaml} in {@code XDG_CONFIG_HOME}, or if that is not set, in {@code ~/.config}. It
 * contains the names of files and environment variables with secrets, but no secrets.
 *
 * @param path the path of the file, which may not exist yet
 */
public record ContextFile(Path path) {
    private static final String CURRENT = "current";
    private static final String CONTEXTS = "contexts";

    /** Returns the file of the user who runs the command. */
    public static ContextFile of(CommandEnvironment environment) {
        String directory = environment.variable("XDG_CONFIG_HOME");
        Path configuration = directory == null ? home(environment).resolve(".config") : Path.of(directory);
        return new ContextFile(configuration.resolve("junctor").resolve("contexts.yaml"));
    }

    private static Path home(CommandEnvironment environment) {
        String home = environment.variable("HOME");
        return Path.of(home == null ? System.getProperty("user.home") : home);
    }

    /**
     * Reads the contexts. If the file does not exist, there are none. Relative paths are relative to the directory of the file.
     *
     * @throws CommandException if the file cannot be read or contains an unknown key
     */
    public ConnectionContexts read() {
        try {
            Object document = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(path));
            return document == null ? ConnectionContexts.NONE : contexts(map(document, "the file"));
        } catch (NoSuchFileException none) {
            return ConnectionContexts.NONE;
        } catch (IOException problem) {
            throw refusal("cannot be read: " + problem);
        } catch (YamlEngineException problem) {
            throw refusal(String.valueOf(problem.getMessage()).replaceAll("\\s+", " "));
        }
    }

    /**
     * Writes the contexts; only the user may read the file.
     *
     * @throws CommandException if it cannot be written
     */
    public void write(ConnectionContexts contexts) {
        Map<String, Object> document = new LinkedHashMap<>();
        if (contexts.current() != null) {
            document.put(CURRENT, contexts.current());
        }
        Map<String, Map<String, String>> named = new TreeMap<>();
        contexts.byName().forEach((name, settings) -> named.put(name, keys(settings)));
        document.put(CONTEXTS, named);
        DumpSettings block =
                DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();
        try {
            replace(new Dump(block).dumpToString(document));
        } catch (IOException problem) {
            throw refusal("cannot be written: " + problem);
        }
    }

    /** Writes a temporary file first, so that a full disk does not destroy the old content. */
    private void replace(String text) throws IOException {
        Path directory = Files.createDirectories(path.getParent());
        FileAttribute<?>[] onlyOwner =
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        Path written = Files.createTempFile(directory, "contexts", ".yaml", onlyOwner);
        try {
            Files.writeString(written, text);
            Files.move(written, path, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private static Map<String, String> keys(Map<ConnectionSetting, String> settings) {
        Map<String, String> keys = new LinkedHashMap<>();
        new EnumMap<>(settings).forEach((setting, value) -> keys.put(setting.key(), value));
        return keys;
    }

    private ConnectionContexts contexts(Map<?, ?> document) {
        ConnectionContexts contexts = ConnectionContexts.NONE;
        for (Map.Entry<?, ?> entry : document.entrySet()) {
            if (!entry.getKey().equals(CURRENT) && !entry.getKey().equals(CONTEXTS)) {
                throw refusal("has an unknown key '" + entry.getKey() + "'; the keys are current and contexts");
            }
        }
        if (document.get(CONTEXTS) != null) {
            for (Map.Entry<?, ?> context : map(document.get(CONTEXTS), CONTEXTS).entrySet()) {
                String name = String.valueOf(context.getKey());
                contexts = contexts.with(name, settings(name, context.getValue()));
            }
        }
        Object current = document.get(CURRENT);
        return current == null ? contexts : contexts.using(current.toString());
    }

    private Map<ConnectionSetting, String> settings(String name, Object context) {
        Map<ConnectionSetting, String> settings = new EnumMap<>(ConnectionSetting.class);
        for (Map.Entry<?, ?> entry : map(context, "context '" + name + "'").entrySet()) {
            ConnectionSetting setting = ConnectionSetting.ofKey(String.valueOf(entry.getKey()))
                    .orElseThrow(() -> refusal("has an unknown key '" + entry.getKey() + "' in context '" + name
                            + "'; the keys are " + ConnectionSetting.keys()));
            if (entry.getValue() == null || entry.getValue() instanceof Iterable || entry.getValue() instanceof Map) {
                throw refusal("needs a text for '" + setting.key() + "' in context '" + name + "'");
            }
            String value = entry.getValue().toString();
            settings.put(setting, setting.isFile() ? beside(value) : value);
        }
        return settings;
    }

    private String beside(String file) {
        return path.resolveSibling(file).toString();
    }

    private Map<?, ?> map(Object value, String what) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw refusal("must have a map for " + what);
    }

    private CommandException refusal(String problem) {
        return CommandException.usage(path + " " + problem);
    }
}
