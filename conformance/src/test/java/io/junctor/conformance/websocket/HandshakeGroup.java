package io.junctor.conformance.websocket;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Cases of the opening handshake, each a change of a right request or response. Confined to one thread. */
final class HandshakeGroup {
    private final String title;
    private final String key;
    private final String right;
    private final List<HandshakeCase> cases = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    /** A group of changes of {@code right}, whose lines end with a line feed. */
    HandshakeGroup(String title, String key, String right) {
        this.title = title;
        this.key = key;
        this.right = right;
    }

    String title() {
        return title;
    }

    List<HandshakeCase> cases() {
        return List.copyOf(cases);
    }

    /** The right one with further lines. */
    HandshakeGroup with(String section, String sent, String lines, String expected) {
        return add(section, sent, right + lines + "\n", expected);
    }

    /** The right one without the line that begins so. */
    HandshakeGroup without(String section, String sent, String start, String expected) {
        return instead(section, sent, start, "", expected);
    }

    /** The right one with another line instead of the one that begins so. */
    HandshakeGroup instead(String section, String sent, String start, String line, String expected) {
        StringBuilder text = new StringBuilder();
        int replaced = 0;
        for (String each : right.split("\n", -1)) {
            if (each.startsWith(start)) {
                replaced++;
                text.append(line).append(line.isEmpty() ? "" : "\n");
            } else if (!each.isEmpty()) {
                text.append(each).append('\n');
            }
        }
        if (replaced != 1) {
            throw new IllegalArgumentException(replaced + " lines begin with " + start);
        }
        return add(section, sent, text.toString(), expected);
    }

    private HandshakeGroup add(String section, String sent, String lines, String expected) {
        int number = numbers.merge(section, 1, Integer::sum);
        String text = lines.replaceAll("\n+", "\r\n") + "\r\n";
        cases.add(new HandshakeCase("%s-%s-%02d".formatted(section, key, number), sent, text, expected));
        return this;
    }
}
