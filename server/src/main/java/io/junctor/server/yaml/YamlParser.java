package io.junctor.server.yaml;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/** Parses YAML 1.2 with its JSON schema, within limits of size and depth, into nodes with line and column. */
final class YamlParser {
    static final int MAX_CHARACTERS = 1 << 20;
    static final int MAX_DEPTH = 32;
    private static final int MAX_COLLECTION_ALIASES = 1_000;

    private YamlParser() {}

    /** Returns the root of the document, or null after an error. */
    static @Nullable Node parse(String text, YamlDocument document) {
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new JsonSchema())
                .setCodePointLimit(MAX_CHARACTERS)
                .setAllowNonScalarKeys(true)
                .setMaxAliasesForCollections(MAX_COLLECTION_ALIASES)
                .build();
        try {
            if (isTooDeep(text, settings, document)) {
                return null;
            }
            Node root = new Composer(settings, parser(text, settings))
                    .getSingleNode()
                    .orElse(null);
            if (root == null) {
                document.error("the file is empty; it needs at least 'realms'");
            }
            return root;
        } catch (MarkedYamlEngineException e) {
            String context = e.getContextMark()
                    .map(mark -> e.getContext() + " from line " + (mark.getLine() + 1) + ": ")
                    .orElse("");
            document.error(e.getProblemMark(), "not YAML: " + context + e.getProblem());
        } catch (ReaderException e) {
            document.error(lineAt(e.getPosition(), text), "not YAML: control characters are not allowed");
        } catch (YamlEngineException e) {
            document.error("not YAML: " + e.getMessage());
        }
        return null;
    }

    static int lineAt(int position, String text) {
        return 1 + (int) text.chars().limit(position).filter(c -> c == '\n').count();
    }

    private static ParserImpl parser(String text, LoadSettings settings) {
        return new ParserImpl(settings, new StreamReader(settings, text));
    }

    /** Limits the depth before the composer runs, because the composer recurses once per level. */
    private static boolean isTooDeep(String text, LoadSettings settings, YamlDocument document) {
        int depth = 0;
        ParserImpl events = parser(text, settings);
        while (events.hasNext()) {
            Event event = events.next();
            switch (event.getEventId()) {
                case SequenceStart, MappingStart -> depth++;
                case SequenceEnd, MappingEnd -> depth--;
                default -> {}
            }
            if (depth > MAX_DEPTH) {
                document.error(event.getStartMark(), "lists and maps are nested deeper than " + MAX_DEPTH + " levels");
                return true;
            }
        }
        return false;
    }
}
