package io.junctor.cli.migrate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Converts the services of the HTTP bridge: {@code publisher}, {@code caller} and {@code webhook}. */
final class CrossbarBridge {
    private static final List<String> TEXTS =
            List.of("topic", "key", "secret", "github_secret", "success_response", "error_response");

    private CrossbarBridge() {}

    /** Converts a service into an entry of {@code crossbar_services}. */
    static Map<String, Object> service(SourceNode part) {
        Map<String, Object> service = new LinkedHashMap<>();
        for (String key : List.of("type", "realm", "role")) {
            String text = part.text(key);
            if (text == null) {
                part.note("has no '" + key + "', which crossbar_services needs");
            } else {
                service.put(key, text);
            }
        }
        SourceNode options = part.map("options");
        if (options != null) {
            options(options, service);
        }
        if (!service.containsKey("secret")
                && !service.containsKey("github_secret")
                && !service.containsKey("require_ip")) {
            part.note("every client can use it: give it 'key' and 'secret', or 'require_ip'");
        }
        return service;
    }

    private static void options(SourceNode options, Map<String, Object> service) {
        for (String key : TEXTS) {
            String text = options.text(key);
            if (text != null) {
                service.put(key, text);
            }
        }
        Long seconds = options.number("timestamp_delta_limit");
        if (seconds != null && seconds > 0) {
            service.put("timestamp_delta_limit", seconds + "s");
        } else if (seconds != null) {
            options.note("timestamp_delta_limit 0 became 5m: a signature without a limit could be used for ever");
        }
        Long bytes = options.number("post_body_limit");
        if (bytes != null && bytes > 0) {
            service.put("post_body_limit", Math.min(bytes, 1 << 28));
        }
        List<String> networks = options.texts("require_ip");
        if (!networks.isEmpty()) {
            service.put("require_ip", networks);
        }
        if (options.isTrue("require_tls")) {
            service.put("require_tls", true);
        }
        options.ignore("debug");
    }
}
