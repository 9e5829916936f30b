package io.junctor.server.yaml;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/** Parses YAML 1.2 with its JSON schema, within limits of size and depth, into nodes with line and column. */
final class YamlParser extends ParserImpl {
    static final int MAX_CHARACTERS = 1 << 20;
    static final int MAX_DEPTH = 32;
    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setSchema(new JsonSchema())
            .setCodePointLimit(MAX_CHARACTERS)
            .setAllowNonScalarKeys(true)
            .setMaxAliasesForCollections(1_000)
            .build();
    private int depth;

    private YamlParser(String text) {
        super(SETTINGS, new StreamReader(SETTINGS, text));
    }

    /** Returns the root of the document, or null after an error. */
    static @Nullable YamlNode parse(String text, DiagnosticCollector diagnostics) {
        YamlParser parser = new YamlParser(text);
        try {
            Node root = new Composer(SETTINGS, parser).getSingleNode().orElse(null);
            if (root != null) {
                return new YamlNode("", "the file", root, root, null, diagnostics);
            }
            diagnostics.error(Optional.empty(), "the file is empty; it needs at least 'realms'");
        } catch (MarkedYamlEngineException e) {
            String context = e.getContextMark()
                    .map(mark -> e.getContext() + " from line " + (mark.getLine() + 1) + ": ")
                    .orElse("");
            String syntax = parser.depth > MAX_DEPTH ? "" : "not YAML: " + context;
            diagnostics.error(e.getProblemMark(), syntax + e.getProblem());
        } catch (ReaderException e) {
            diagnostics.errorAfter(
                    text.substring(0, e.getPosition() + 1), "not YAML: control characters are not allowed");
        } catch (YamlEngineException e) {
            diagnostics.error(Optional.empty(), "not YAML: " + e.getMessage());
        }
        return null;
    }

    /** Checks the depth of nesting, because the composer recurses once per level. */
    @Override
    public Event next() {
        Event event = super.next();
        depth += switch (event.getEventId()) {
            case SequenceStart, MappingStart -> 1;
            case SequenceEnd, MappingEnd -> -1;
            default -> 0;
        };
        if (depth > MAX_DEPTH) {
            throw new ParserException(
                    "lists and maps are nested deeper than " + MAX_DEPTH + " levels", event.getStartMark());
        }
        return event;
    }
}
