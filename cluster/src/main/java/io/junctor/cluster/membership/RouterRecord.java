package io.junctor.cluster.membership;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.junctor.cluster.engine.RouterId;
import java.util.List;

/**
 * The stored record of a router, as lines of text: its state, its name, and for a dead router the router that clears up after it and the
 * reason. Later versions may add lines.
 */
sealed interface RouterRecord permits RouterRecord.Up, RouterRecord.Dead, RouterRecord.Unreadable {
    /** The router is in the cluster. */
    record Up(String name) implements RouterRecord {
        byte[] bytes() {
            return text("up", name);
        }
    }

    /** The router is declared dead. */
    record Dead(String name, RouterId clearsUp, String reason) implements RouterRecord {
        byte[] bytes() {
            return text("dead", name, clearsUp.toString(), reason);
        }
    }

    /** The record has a version that this router does not know. */
    record Unreadable() implements RouterRecord {}

    static RouterRecord read(byte[] bytes) {
        List<String> lines = new String(bytes, UTF_8).lines().toList();
        if (lines.size() >= 2 && lines.get(0).equals("up")) {
            return new Up(lines.get(1));
        }
        if (lines.size() >= 4 && lines.get(0).equals("dead") && lines.get(2).matches("[0-9a-f]{16}")) {
            return new Dead(lines.get(1), RouterId.parse(lines.get(2)), lines.get(3));
        }
        return new Unreadable();
    }

    private static byte[] text(String... lines) {
        return String.join("\n", lines).getBytes(UTF_8);
    }
}
