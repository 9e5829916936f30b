package io.junctor.router.session;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Used by one thread, that reads from one session. What its rules say to what it asked for before: a session that uses the same URIs again
 * pays one look into a map.
 */
public final class Findings {
    /** So many are remembered; then it starts anew. */
    private static final int MEMORY = 1_024;

    private final Rights rights;
    private final Consumer<Question> denied;
    private final Map<Question, Verdict> known = new HashMap<>();

    /** Nothing yet; {@code denied} is told what the rules deny when it is found. */
    public Findings(Rights rights, Consumer<Question> denied) {
        this.rights = rights;
        this.denied = denied;
    }

    /** As {@link Rights#judgeByRules}. */
    public Verdict find(Question question) {
        Verdict verdict = known.get(question);
        return verdict == null ? judge(question) : verdict;
    }

    private Verdict judge(Question question) {
        if (known.size() >= MEMORY) {
            known.clear();
        }
        Verdict verdict = rights.judgeByRules(question.action(), question.uri(), question.match());
        known.put(question, verdict);
        if (verdict.refusal() == Rights.NOT_AUTHORIZED) {
            denied.accept(question);
        }
        return verdict;
    }
}
