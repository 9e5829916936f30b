package io.junctor.server.yaml;

import io.junctor.router.Router;
import java.nio.file.Path;
import java.util.Map;

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
        DiagnosticCollector diagnostics = new DiagnosticCollector(file.toString(), environment);
        TextFile text = TextFile.read(file, YamlParser.MAX_CHARACTERS);
        if (text.problem() == null) {
            return parse(text.text(), diagnostics);
        }
        diagnostics.errorAfter(text.text(), text.problem());
        return new ConfigResult.Invalid(diagnostics.errors());
    }

    /**
     * Reads a text.
     *
     * @param name the name of the text in errors
     * @param text the YAML
     * @param environment the variables that the text may use
     */
    public static ConfigResult parse(String name, String text, Map<String, String> environment) {
        return parse(text, new DiagnosticCollector(name, environment));
    }

    private static ConfigResult parse(String text, DiagnosticCollector diagnostics) {
        YamlNode root = YamlParser.parse(text, diagnostics);
        ConfigResult.Valid file = root == null ? null : RouterSection.SECTION.read(root);
        if (root == null || file == null || !diagnostics.passes(file.config())) {
            return new ConfigResult.Invalid(diagnostics.errors());
        }
        Router.warnings(file.config())
                .forEach(warning -> root.at(warning.place()).warn(warning.text()));
        return new ConfigResult.Valid(file.config(), file.cluster(), diagnostics.warnings());
    }
}
