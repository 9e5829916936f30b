package io.junctor.router.realm;

import io.junctor.router.turn.InTurn;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Cancel;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Unregister;
import io.junctor.wamp.message.Unsubscribe;
import io.junctor.wamp.message.Yield;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts the messages that the sessions of one realm sent, by type. Confined to the realm's turn. */
final class MessageCounts {
    /** The types that a session may send often. */
    private static final Map<String, Integer> CODES = codes();

    private final long[] byCode = new long[Yield.CODE + 1];

    private static Map<String, Integer> codes() {
        Map<String, Integer> codes = new LinkedHashMap<>();
        codes.put("publish", Publish.CODE);
        codes.put("call", Call.CODE);
        codes.put("yield", Yield.CODE);
        codes.put("error", ErrorMessage.CODE);
        codes.put("cancel", Cancel.CODE);
        codes.put("subscribe", Subscribe.CODE);
        codes.put("unsubscribe", Unsubscribe.CODE);
        codes.put("register", Register.CODE);
        codes.put("unregister", Unregister.CODE);
        return codes;
    }

    /** Counts a message. */
    @InTurn
    void count(FromClient message) {
        byCode[message.code()]++;
    }

    /** The counts, by the names of the types in lower case. */
    @InTurn
    Map<String, Long> byName() {
        Map<String, Long> counts = new LinkedHashMap<>();
        CODES.forEach((name, code) -> counts.put(name, byCode[code]));
        return counts;
    }
}
