package io.junctor.cli.migrate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Converts the roles of a realm of Crossbar.io. */
final class CrossbarRoles {
    private static final List<String> ACTIONS = List.of("call", "register", "publish", "subscribe");

    private CrossbarRoles() {}

    /** Returns the roles of {@code realm} by name. */
    static Map<String, Object> of(SourceNode realm) {
        Map<String, Object> roles = new LinkedHashMap<>();
        for (SourceNode role : realm.maps("roles")) {
            roles.put(role.text("name", "anonymous"), role(role));
        }
        return roles;
    }

    private static Map<String, Object> role(SourceNode role) {
        Map<String, Object> converted = new LinkedHashMap<>();
        String authorizer = role.text("authorizer");
        if (authorizer != null) {
            converted.put("authorizer", Map.of("procedure", authorizer));
        }
        List<Object> allow = new ArrayList<>();
        List<Object> deny = new ArrayList<>();
        for (SourceNode permission : role.maps("permissions")) {
            rule(permission, allow, deny);
        }
        if (!allow.isEmpty()) {
            converted.put("allow", allow);
        }
        if (!deny.isEmpty()) {
            converted.put("deny", deny);
        }
        return converted;
    }

    /** Adds a rule. In Crossbar.io the narrowest permission decides on all four actions; in Junctor a rule lists the actions that it allows. */
    private static void rule(SourceNode permission, List<Object> allow, List<Object> deny) {
        Map<String, Object> rule = new LinkedHashMap<>();
        String uri = permission.text("uri", "");
        boolean isPrefix = uri.endsWith("*");
        String match = permission.text("match", isPrefix ? "prefix" : "exact");
        rule.put("uri", isPrefix ? uri.substring(0, uri.length() - 1) : uri);
        if (!match.equals("exact")) {
            rule.put("match", match);
        }
        SourceNode allowed = permission.map("allow");
        List<String> actions = ACTIONS.stream()
                .filter(action -> allowed == null ? permission.isTrue(action) : allowed.isTrue(action))
                .toList();
        rule.put("actions", actions.isEmpty() ? ACTIONS : actions);
        SourceNode disclose = permission.map("disclose");
        if (!actions.isEmpty() && disclose != null) {
            disclose(disclose, actions, rule);
        }
        permission.ignore("cache");
        (actions.isEmpty() ? deny : allow).add(rule);
    }

    private static void disclose(SourceNode disclose, List<String> actions, Map<String, Object> rule) {
        boolean caller = disclose.isTrue("caller") && actions.contains("call");
        boolean publisher = disclose.isTrue("publisher") && actions.contains("publish");
        if (caller || publisher) {
            rule.put("disclose", "always");
        }
        if (caller != publisher && actions.contains("call") && actions.contains("publish")) {
            disclose.note("'disclose' names callers and publishers alike; two rules can tell them apart");
        }
    }
}
