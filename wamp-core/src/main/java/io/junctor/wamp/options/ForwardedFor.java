package io.junctor.wamp.options;

import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One element of {@code forward_for}: the session for which a router link forwarded a message. A client can forge it,
 * so it must never be used as an identity.
 *
 * @param session the session's id
 * @param authid its authid
 * @param authrole its role
 */
public record ForwardedFor(long session, String authid, String authrole) {
    static final String KEY = "forward_for";

    /** Reads the elements of {@code forward_for}; none if the key is absent. */
    static List<ForwardedFor> of(Dict dict) {
        List<Dict> elements = dict.dicts(KEY);
        if (elements == null) {
            return List.of();
        }
        List<ForwardedFor> result = new ArrayList<>(elements.size());
        for (Dict element : elements) {
            result.add(one(element));
        }
        return List.copyOf(result);
    }

    private static ForwardedFor one(Dict element) {
        Long session = element.integer("session", Ids.MIN);
        String authid = element.text("authid");
        String authrole = element.text("authrole");
        if (session == null || authid == null || authrole == null) {
            throw Dict.wrong(KEY, "a list of dictionaries with session, authid and authrole");
        }
        return new ForwardedFor(session, authid, authrole);
    }

    static @Nullable Object toValue(List<ForwardedFor> forwards) {
        return forwards.isEmpty()
                ? null
                : forwards.stream().map(ForwardedFor::toEntries).toList();
    }

    private Map<String, @Nullable Object> toEntries() {
        return new Dict.Builder()
                .put("session", session)
                .put("authid", authid)
                .put("authrole", authrole)
                .build()
                .entries();
    }
}
