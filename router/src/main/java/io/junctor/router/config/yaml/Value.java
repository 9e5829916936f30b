package io.junctor.router.config.yaml;

import io.junctor.router.config.RouterConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A place in the file with the value that stands there. What does not fit is reported and answered with null.
 *
 * @param name its key in the map around it
 * @param label what messages call it
 * @param node what stands there
 * @param findings where mistakes go
 */
record Value(String name, String label, Node node, Findings findings) {
    private static final int SHOWN_CHARACTERS = 40;
    private static final Set<Tag> PLAIN_TAGS = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL);

    static Value root(Node node, Findings findings) {
        return new Value("", "the file", node, findings);
    }

    /** Reports a mistake at this place. */
    void reject(String text) {
        findings.add(node.getStartMark(), text);
    }

    /** Reports at this place what is wrong with the configuration as a whole, once it is read without mistakes. */
    void rejectLater(Function<RouterConfig, @Nullable String> problem) {
        findings.later(config -> {
            String text = problem.apply(config);
            if (text != null) {
                reject(text);
            }
        });
    }

    /** Reports that something else was expected at this place. */
    void rejectUnless(String expected) {
        rejectUnless(expected, "");
    }

    /** Reports that something else was expected at this place, and a hint behind it. */
    void rejectUnless(String expected, String hint) {
        reject((isNothing()
                        ? label + " needs a value: " + expected
                        : label + " must be " + expected + ", not " + shown())
                + hint);
    }

    /** The nearest known word, unless that would tell what a variable stands for. */
    String hint(String text, Collection<String> known) {
        return node instanceof ScalarNode scalar && Variables.isReferredToBy(scalar.getValue())
                ? ""
                : Nearest.hint(text, known);
    }

    boolean isNothing() {
        return node instanceof ScalarNode && node.getTag().equals(Tag.NULL);
    }

    /** Whether a number, {@code true} or {@code false} stands here without quotes. */
    boolean isUnquotedNonText() {
        return node instanceof ScalarNode scalar
                && scalar.isPlain()
                && !node.getTag().equals(Tag.STR);
    }

    /** The characters of a single value with the environment put in. */
    @Nullable
    String text(String expected) {
        if (!(node instanceof ScalarNode scalar) || isNothing() || !PLAIN_TAGS.contains(node.getTag())) {
            rejectUnless(expected);
            return null;
        }
        return Variables.expand(scalar.getValue(), findings.environment(), this);
    }

    /** The elements of a list. */
    @Nullable
    List<Value> elements(String expected) {
        if (!(node instanceof SequenceNode sequence)) {
            rejectUnless(expected);
            return null;
        }
        List<Value> elements = new ArrayList<>();
        for (Node element : sequence.getValue()) {
            elements.add(new Value(name, "an element of " + label, element, findings));
        }
        return elements;
    }

    /** The entries of a map by their keys, in the order of the file; nothing at all is an empty map. */
    @Nullable
    Map<String, Entry> entries(String expected) {
        if (isNothing()) {
            return Map.of();
        }
        if (!(node instanceof MappingNode mapping)) {
            rejectUnless(expected);
            return null;
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            addEntry(tuple, entries);
        }
        return entries;
    }

    private void addEntry(NodeTuple tuple, Map<String, Entry> entries) {
        Node key = tuple.getKeyNode();
        if (!(key instanceof ScalarNode scalar)) {
            findings.add(key.getStartMark(), "a key must be plain text, not a list or map");
            return;
        }
        String text = scalar.getValue();
        Entry first = entries.get(text);
        if (first == null) {
            Value value = new Value(text, "'" + text + "'", tuple.getValueNode(), findings);
            entries.put(text, new Entry(key, value));
        } else {
            findings.add(key.getStartMark(), "key '" + text + "' stands here twice, first" + inLine(first.key()));
        }
    }

    /** The line where this stands, from 1. */
    int line() {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    /** {@code " in line n"} for messages about two places. */
    String inLine() {
        return inLine(node);
    }

    private static String inLine(Node node) {
        return node.getStartMark()
                .map(mark -> " in line " + (mark.getLine() + 1))
                .orElse("");
    }

    /** What stands here as the file spells it, never what a variable stands for. */
    private String shown() {
        return switch (node.getNodeType()) {
            case SEQUENCE -> "a list";
            case MAPPING -> "a map";
            case ANCHOR -> "an anchor";
            case SCALAR -> shownScalar((ScalarNode) node);
        };
    }

    private static String shownScalar(ScalarNode scalar) {
        String raw = scalar.getValue();
        if (!PLAIN_TAGS.contains(scalar.getTag())) {
            return "a value tagged " + scalar.getTag();
        }
        String cut = raw.length() > SHOWN_CHARACTERS ? raw.substring(0, SHOWN_CHARACTERS) + "..." : raw;
        String quoted = "'" + cut.replaceAll("\\p{Cntrl}", " ") + "'";
        return Variables.isReferredToBy(raw) ? "what " + quoted + " stands for" : quoted;
    }

    /**
     * An entry of a map.
     *
     * @param key where the key stands
     * @param value what it has
     */
    record Entry(Node key, Value value) {}
}
