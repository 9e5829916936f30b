package io.junctor.conformance.websocket;

import io.junctor.conformance.websocket.WebSocketCase.Setup;
import io.junctor.conformance.websocket.WebSocketCase.Side;
import io.junctor.wamp.value.Serializer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Cases about one subject, numbered in the order in which they are added. Confined to one thread. */
final class CaseGroup {
    private final String title;
    private final String key;
    private final List<WebSocketCase> cases = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private Setup setup = new Setup(Serializer.JSON, "", true);
    private Map<Side, String> differences = Map.of();
    private Set<Side> sides = EnumSet.allOf(Side.class);

    /** A group whose key stands in the ids of its cases. */
    CaseGroup(String title, String key) {
        this.title = title;
        this.key = key;
    }

    String title() {
        return title;
    }

    List<WebSocketCase> cases() {
        return List.copyOf(cases);
    }

    /** The serialization of the cases that follow; the first ones have JSON. */
    CaseGroup in(Serializer serializer) {
        setup = new Setup(serializer, setup.offer(), setup.joined());
        return this;
    }

    /** The extension that is agreed on for the cases that follow. */
    CaseGroup offering(String extension) {
        setup = new Setup(setup.serializer(), extension, setup.joined());
        return this;
    }

    /** The cases that follow are sent before the session is open. */
    CaseGroup beforeWelcome() {
        setup = new Setup(setup.serializer(), setup.offer(), false);
        return this;
    }

    /** Who is tested by the cases that follow. */
    CaseGroup on(Side first, Side... more) {
        sides = EnumSet.of(first, more);
        return this;
    }

    /** What happens in the cases that follow where a library below us decides it. */
    CaseGroup differing(Map<Side, String> outcomes) {
        differences = outcomes;
        return this;
    }

    /**
     * Adds a case.
     *
     * @param section the RFC and its section, for example {@code 6455-5.5.2}
     * @param sent what is sent, as a phrase
     */
    CaseGroup add(String section, String sent, Expectation expected, Consumer<Script> script) {
        int number = numbers.merge(section, 1, Integer::sum);
        String id = "%s-%s-%02d".formatted(section, key, number);
        cases.add(new WebSocketCase(id, sent, setup, Set.copyOf(sides), differences, expected, script));
        return this;
    }
}
