package io.junctor.server.yaml;

import io.junctor.router.config.RouterConfig;
import io.junctor.server.tls.RegularFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads a configuration file: YAML 1.2 in UTF-8, at most 1 MiB. In values, {@code ${NAME}} and
 * <code>${NAME:default}</code> stand for environment variables. Thread-safe. No method throws an exception because of
 * the content of a file.
 */
public final class ConfigFile {
    private ConfigFile() {}

    /**
     * Reads a file with the environment of this process.
     *
     * @param file the file; errors name it by this path
     */
    public static ConfigResult read(Path file) {
        return read(file, System.getenv());
    }

    /**
     * Reads a file.
     *
     * @param file the file; errors name it by this path
     * @param environment the variables that the file may use
     */
    public static ConfigResult read(Path file, Map<String, String> environment) {
        YamlDocument document = new YamlDocument(file.toString(), environment);
        String text = load(file, document);
        return text == null ? new ConfigResult.Invalid(document.errors()) : parse(text, document);
    }

    /**
     * Reads a text.
     *
     * @param name the name of the text in errors
     * @param text the YAML
     * @param environment the variables that the text may use
     */
    public static ConfigResult parse(String name, String text, Map<String, String> environment) {
        return parse(text, new YamlDocument(name, environment));
    }

    private static ConfigResult parse(String text, YamlDocument document) {
        Node root = YamlParser.parse(text, document);
        RouterConfig config = root == null ? null : RouterSection.SECTION.read(YamlNode.root(root, document));
        if (config != null) {
            document.check(config);
        }
        return config == null || document.errorCount() > 0
                ? new ConfigResult.Invalid(document.errors())
                : new ConfigResult.Valid(config, document.warnings());
    }

    private static @Nullable String load(Path file, YamlDocument document) {
        try {
            String problem = RegularFile.problem(file, YamlParser.MAX_CHARACTERS);
            if (problem == null) {
                return decode(Files.readAllBytes(file), document);
            }
            document.error(problem);
        } catch (NoSuchFileException e) {
            document.error("there is no such file");
        } catch (AccessDeniedException e) {
            document.error("may not be read: permission denied");
        } catch (IOException e) {
            document.error("cannot be read: " + e.getMessage());
        }
        return null;
    }

    private static @Nullable String decode(byte[] bytes, YamlDocument document) {
        CharBuffer text = CharBuffer.allocate(bytes.length);
        boolean valid = !StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes), text, true)
                .isError();
        String decoded = text.flip().toString();
        if (!valid) {
            document.error(YamlParser.lineAt(decoded.length(), decoded), "is not UTF-8 text");
        }
        return valid ? decoded : null;
    }
}
