package io.junctor.router.config.yaml;

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

/** The syntax of YAML 1.2 with its JSON schema, within limits: from text to nodes that know their line and column. */
final class YamlText {
    /** The most characters of a configuration file. */
    static final int MAX_CHARACTERS = 1 << 20;

    private static final int MAX_DEPTH = 32;
    private static final int MAX_COLLECTION_ALIASES = 64;

    private YamlText() {}

    /** The root of the only document, or null where there is none to speak of and a mistake says why. */
    static @Nullable Node compose(String text, Findings findings) {
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new JsonSchema())
                .setCodePointLimit(MAX_CHARACTERS)
                .setAllowNonScalarKeys(true)
                .setMaxAliasesForCollections(MAX_COLLECTION_ALIASES)
                .build();
        try {
            if (isTooDeep(text, settings, findings)) {
                return null;
            }
            Node root = new Composer(settings, parser(text, settings))
                    .getSingleNode()
                    .orElse(null);
            if (root == null) {
                findings.add("the file is empty; it needs at least 'realms'");
            }
            return root;
        } catch (MarkedYamlEngineException e) {
            findings.add(e.getProblemMark(), "not YAML: " + context(e) + e.getProblem());
        } catch (ReaderException e) {
            findings.addAtLine(
                    1
                            + (int) text.chars()
                                    .limit(e.getPosition())
                                    .filter(c -> c == '\n')
                                    .count(),
                    "not YAML: control characters are not allowed");
        } catch (YamlEngineException e) {
            findings.add("not YAML: " + e.getMessage());
        }
        return null;
    }

    private static ParserImpl parser(String text, LoadSettings settings) {
        return new ParserImpl(settings, new StreamReader(settings, text));
    }

    private static String context(MarkedYamlEngineException e) {
        return e.getContextMark()
                .map(mark -> e.getContext() + " from line " + (mark.getLine() + 1) + ": ")
                .orElse("");
    }

    /** The composer calls itself for each level, so the depth is looked at before it begins. */
    private static boolean isTooDeep(String text, LoadSettings settings, Findings findings) {
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
                findings.add(event.getStartMark(), "lists and maps are nested deeper than " + MAX_DEPTH + " levels");
                return true;
            }
        }
        return false;
    }
}
