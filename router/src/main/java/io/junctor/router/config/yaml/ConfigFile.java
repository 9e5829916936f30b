package io.junctor.router.config.yaml;

import io.junctor.router.config.RouterConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Safe for use by many threads. Reads a configuration as {@code realms.yaml} holds it: YAML 1.2, UTF-8, at most 1 MiB,
 * {@code ${NAME}} and <code>${NAME:default}</code> in values standing for environment variables.
 */
public final class ConfigFile {
    private ConfigFile() {}

    /**
     * Reads a file with the environment of this process. Never throws for what the file is or holds.
     *
     * @param file the file, named in mistakes as it is named here
     */
    public static Reading read(Path file) {
        return read(file, System.getenv());
    }

    /**
     * Reads a file. Never throws for what the file is or holds.
     *
     * @param file the file, named in mistakes as it is named here
     * @param environment what the file may refer to
     */
    public static Reading read(Path file, Map<String, String> environment) {
        Findings findings = new Findings(file.toString(), environment);
        String text = load(file, findings);
        return text == null ? new Reading.Refused(findings.inOrderOfFile()) : parse(text, findings);
    }

    /**
     * Reads a text. Never throws for what the text holds.
     *
     * @param name what mistakes call the text
     * @param text the YAML
     * @param environment what the text may refer to
     */
    public static Reading parse(String name, String text, Map<String, String> environment) {
        return parse(text, new Findings(name, environment));
    }

    private static Reading parse(String text, Findings findings) {
        Node root = YamlText.compose(text, findings);
        RouterConfig config = root == null ? null : RouterShape.SHAPE.read(Value.root(root, findings));
        if (config != null && findings.isEmpty()) {
            findings.judge(config);
        }
        return config == null || !findings.isEmpty()
                ? new Reading.Refused(findings.inOrderOfFile())
                : new Reading.Accepted(config);
    }

    private static @Nullable String load(Path file, Findings findings) {
        try {
            if (Files.isDirectory(file)) {
                findings.add("is a directory, not a file");
            } else if (Files.size(file) > YamlText.MAX_CHARACTERS) {
                findings.add("is larger than " + YamlText.MAX_CHARACTERS + " bytes");
            } else {
                return decode(Files.readAllBytes(file), findings);
            }
        } catch (NoSuchFileException e) {
            findings.add("there is no such file");
        } catch (AccessDeniedException e) {
            findings.add("may not be read: permission denied");
        } catch (IOException e) {
            findings.add("cannot be read: " + e.getMessage());
        }
        return null;
    }

    private static @Nullable String decode(byte[] bytes, Findings findings) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
        text.flip();
        if (result.isError()) {
            int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
            findings.addAtLine(line, "is not UTF-8 text");
            return null;
        }
        return text.toString();
    }
}
