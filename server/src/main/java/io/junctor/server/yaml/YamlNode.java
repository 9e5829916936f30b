package io.junctor.server.yaml;

import io.junctor.server.tls.TlsException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.NodeType;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A value of the file with its position. Methods that return null have reported an error.
 *
 * @param name its key in the surrounding map
 * @param label its name in errors
 * @param key the node of the key; for the root and for elements of lists, the value
 * @param node the value
 * @param parent the map or list that it is in; null for the root
 * @param diagnostics collects the errors of the file
 */
record YamlNode(
        String name,
        String label,
        Node key,
        Node node,
        @Nullable YamlNode parent,
        DiagnosticCollector diagnostics) {
    private static final int SHOWN_CHARACTERS = 40;
    private static final String MERGE = "<<";
    private static final Pattern VARIABLE = Pattern.compile(
            "(?<escaped>\\$\\$\\{)" + "|\\$\\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(?::(?<default>[^}]*))?}|\\$\\{");
    private static final Set<Tag> PLAIN_TAGS = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL);

    void error(String text) {
        diagnostics.error(node.getStartMark(), text);
    }

    void errorAtKey(String text) {
        diagnostics.error(key.getStartMark(), text);
    }

    /** Reports a warning at a scalar, or at the key of a list or map. */
    void warn(String text) {
        Node place = node instanceof ScalarNode && !isEmpty() ? node : key;
        diagnostics.warn(place.getStartMark(), text);
    }

    /** Returns the value that {@code maker} makes; if it throws an exception, reports the message and returns null. */
    <T> @Nullable T make(ValueFactory<T> maker) {
        try {
            return maker.make();
        } catch (IllegalArgumentException | TlsException fault) {
            error(String.valueOf(fault.getMessage()));
            return null;
        }
    }

    /** Makes a value, or throws an exception with the reason why the value is invalid. */
    interface ValueFactory<T> {
        @Nullable
        T make() throws TlsException;
    }

    /** Reports that the value is not what was expected. */
    void mismatch(String expected, String hint) {
        error((isEmpty() ? label + " needs a value: " + expected : label + " must be " + expected + ", not " + shown())
                + hint);
    }

    /** Reports a name that is not one of the known names; {@code problem} begins the error text. */
    void requireKnown(String name, Stream<String> known, String problem) {
        List<String> names = known.distinct().toList();
        if (!names.contains(name)) {
            unknownName(name, names, problem);
        }
    }

    /** Reports that a name is not known. */
    void unknownName(String name, List<String> known, String problem) {
        error(problem + " " + (known.isEmpty() ? "none" : String.join(", ", known)) + hint(name, known));
    }

    /** Returns "; did you mean ...?" for the nearest known word, unless that would reveal the value of a variable. */
    String hint(String text, List<String> known) {
        return usesVariable() ? "" : SpellingSuggestion.hint(text, known);
    }

    private boolean usesVariable() {
        return node instanceof ScalarNode scalar && scalar.getValue().contains("${");
    }

    boolean isEmpty() {
        return node instanceof ScalarNode && node.getTag().equals(Tag.NULL);
    }

    /** True for a number, {@code true} or {@code false} without quotes. */
    boolean isUnquotedNonText() {
        return node instanceof ScalarNode scalar
                && scalar.isPlain()
                && !node.getTag().equals(Tag.STR)
                && !isEmpty();
    }

    /** Returns the text of a scalar with environment variables for {@code ${NAME}} and <code>${NAME:default}</code>. */
    @Nullable
    String text(String expected) {
        if (!(node instanceof ScalarNode scalar) || isEmpty() || !PLAIN_TAGS.contains(node.getTag())) {
            mismatch(expected, "");
            return null;
        }
        int errors = diagnostics.errorCount();
        String text =
                VARIABLE.matcher(scalar.getValue()).replaceAll(found -> Matcher.quoteReplacement(replacement(found)));
        return diagnostics.errorCount() == errors ? text : null;
    }

    /** Returns the replacement of a variable reference; reports an error if the variable has no value and no default. */
    private String replacement(MatchResult reference) {
        if (reference.group("escaped") != null) {
            return "${";
        }
        String name = reference.group("name");
        if (name == null) {
            error(label + " has a malformed variable: write ${NAME} or ${NAME:default}, or $${ for the"
                    + " characters themselves");
            return "";
        }
        String text = diagnostics.environment().getOrDefault(name, "");
        String other = text.isEmpty() ? reference.group("default") : text;
        if (other == null && !diagnostics.environment().containsKey(name)) {
            error("environment variable " + name + " is not set and has no default: set it, or write ${" + name
                    + ":default}");
        }
        return other == null ? "" : other;
    }

    @Nullable
    List<YamlNode> elements(String expected) {
        return isA(NodeType.SEQUENCE, expected) ? elements() : null;
    }

    /** Returns the values of a map by key. An empty value is an empty map. */
    @Nullable
    Map<String, YamlNode> entries(String expected) {
        return isEmpty() || isA(NodeType.MAPPING, expected) ? entries() : null;
    }

    private boolean isA(NodeType type, String expected) {
        if (node.getNodeType() != type) {
            mismatch(expected, "");
        }
        return node.getNodeType() == type;
    }

    /** Returns the elements of a list, or none if the value is not a list. */
    List<YamlNode> elements() {
        return node instanceof SequenceNode list
                ? list.getValue().stream()
                        .map(element ->
                                new YamlNode(name, "an element of " + label, element, element, this, diagnostics))
                        .toList()
                : List.of();
    }

    /** Returns the map or list that the value is in; the root is in itself. */
    YamlNode surrounding() {
        return parent == null ? this : parent;
    }

    /** Returns the realm that the value is in. */
    YamlNode realm() {
        return parent == null || parent.parent == null || parent.parent.parent == null ? this : parent.realm();
    }

    /** Returns the entries of the map under {@code key}; none if there is no such map. */
    Map<String, YamlNode> entriesOf(String key) {
        YamlNode inner = entries().get(key);
        return inner == null ? Map.of() : inner.entries();
    }

    /** Returns the values of a map by key in the order of the file, or none if the value is not a map. */
    Map<String, YamlNode> entries() {
        return entries(node, 0);
    }

    private Map<String, YamlNode> entries(Node map, int mergeDepth) {
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        List<Node> merged = new ArrayList<>();
        for (NodeTuple tuple : map instanceof MappingNode mapping ? mapping.getValue() : List.<NodeTuple>of()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
                diagnostics.error(tuple.getKeyNode().getStartMark(), "a key must be plain text, not a list or map");
            } else if (scalar.isPlain() && scalar.getValue().equals(MERGE)) {
                merged.add(tuple.getValueNode());
            } else {
                add(scalar, tuple.getValueNode(), entries);
            }
        }
        merged.forEach(one -> merge(one, entries, mergeDepth + 1));
        return entries;
    }

    private void add(ScalarNode key, Node value, Map<String, YamlNode> entries) {
        String text = key.getValue();
        YamlNode added = new YamlNode(text, "'" + text + "'", key, value, this, diagnostics);
        YamlNode first = entries.putIfAbsent(text, added);
        if (first != null) {
            added.errorAtKey("key '" + text + "' appears twice, first in line " + line(first.key));
        }
    }

    /** Adds the entries of a map, or of each map in a list, for keys that are not there yet. */
    private void merge(Node value, Map<String, YamlNode> entries, int depth) {
        if (depth > YamlParser.MAX_DEPTH) {
            diagnostics.error(value.getStartMark(), "'<<' must not merge a map into itself");
        } else if (value instanceof MappingNode) {
            entries(value, depth).forEach(entries::putIfAbsent);
        } else if (value instanceof SequenceNode sequence
                && sequence.getValue().stream().allMatch(one -> one.getNodeType() == NodeType.MAPPING)) {
            sequence.getValue().forEach(one -> merge(one, entries, depth));
        } else {
            diagnostics.error(
                    value.getStartMark(), "'<<' must be a map or a list of maps, such as *NAME or [*NAME, *OTHER]");
        }
    }

    /** Returns the value at a path of keys and list indexes, or the closest value around it that is in the file. */
    YamlNode at(List<String> place) {
        if (place.isEmpty()) {
            return this;
        }
        String key = place.getFirst();
        YamlNode inner = node instanceof SequenceNode
                ? elements().get(Integer.parseInt(key))
                : entries().get(key);
        return inner == null ? this : inner.at(place.subList(1, place.size()));
    }

    /** Returns the line, counted from 1. */
    int line() {
        return line(node);
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    /** Returns the value as written in the file, with the names of variables instead of their values. */
    private String shown() {
        if (!(node instanceof ScalarNode scalar)) {
            return node instanceof SequenceNode ? "a list" : "a map";
        }
        String raw = scalar.getValue();
        if (!PLAIN_TAGS.contains(scalar.getTag())) {
            return "a value tagged " + scalar.getTag();
        }
        String cut = raw.length() > SHOWN_CHARACTERS ? raw.substring(0, SHOWN_CHARACTERS) + "..." : raw;
        String quoted = "'" + cut.replaceAll("\\p{Cntrl}", " ") + "'";
        return usesVariable() ? "the value of " + quoted : quoted;
    }
}
