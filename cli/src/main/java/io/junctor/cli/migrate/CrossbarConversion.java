package io.junctor.cli.migrate;

import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.Serializer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * The result of converting a configuration of Crossbar.io.
 *
 * @param yaml the text of {@code realms.yaml}
 * @param notes settings that were not converted, and differences in behaviour, each with its place in the file
 */
record CrossbarConversion(String yaml, List<String> notes) {
    /** Converts the text of a {@code config.json}; throws a violation with the reason if it is not a JSON object. */
    static CrossbarConversion convert(String json) {
        byte[] bytes = ("[" + json + "]").getBytes(StandardCharsets.UTF_8);
        Object value = new Codecs(CodecLimits.DEFAULT)
                .arguments(Payload.of(Serializer.JSON, Payload.ArgumentKinds.POSITIONAL, bytes, 0, bytes.length))
                .positional()
                .getFirst();
        if (!(value instanceof Map<?, ?> config)) {
            throw new ProtocolViolationException("a configuration is a JSON object");
        }
        List<String> notes = new ArrayList<>();
        SourceNode root = SourceNode.root(config, notes);
        root.ignore("version", "$schema");
        if (root.has("controller")) {
            root.leave("controller", "there is one process");
        }
        Map<String, Object> realms = new LinkedHashMap<>();
        List<Object> listeners = new ArrayList<>();
        for (SourceNode worker : root.maps("workers")) {
            if (worker.text("type", "").equals("router")) {
                router(worker, listeners, realms);
            } else {
                worker.note("is not carried over: its components are programs that connect as clients");
                worker.ignore(worker.keys().toArray(new String[0]));
            }
        }
        root.noteRest();
        Map<String, Object> converted = new LinkedHashMap<>();
        converted.put("listen", listeners);
        converted.put("realms", realms);
        return new CrossbarConversion(YamlWriter.of(converted), List.copyOf(notes));
    }

    private static void router(SourceNode worker, List<Object> listeners, Map<String, Object> realms) {
        worker.ignore("type", "id", "options");
        if (worker.has("components")) {
            worker.leave("components", "they are programs that connect as clients");
        }
        List<CrossbarTransport> transports = worker.maps("transports").stream()
                .map(CrossbarTransport::of)
                .filter(Objects::nonNull)
                .toList();
        transports.forEach(transport -> listeners.add(transport.listener()));
        for (SourceNode source : worker.maps("realms")) {
            source.ignore("id");
            String name = source.text("name", "realm1");
            Map<String, Object> roles = CrossbarRoles.of(source);
            Map<String, Object> realm = new LinkedHashMap<>();
            realm.put("auth", CrossbarAuth.of(name, roles.keySet(), transports));
            realm.put("roles", roles);
            realms.put(name, realm);
        }
        transports.forEach(transport -> transport.auths().forEach(CrossbarConversion::noteMethods));
    }

    private static void noteMethods(SourceNode auth) {
        for (String method : new TreeSet<>(auth.keys())) {
            if (!CrossbarAuth.METHODS.contains(method)) {
                auth.leave(method, "the router does not have this method");
            }
        }
    }
}
