package io.junctor.cli.tracing;

import io.junctor.wamp.value.Uri;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;

/** The kinds of recorded requests, with names from the semantic conventions of OpenTelemetry. */
enum RequestKind {
    CALL("call ", SpanKind.SERVER) {
        @Override
        Attributes attributes(String realm, Uri procedure) {
            return Attributes.builder()
                    .put("rpc.system", "wamp")
                    .put("rpc.method", procedure.text())
                    .put(REALM, realm)
                    .build();
        }
    },
    PUBLICATION("publish ", SpanKind.PRODUCER) {
        @Override
        Attributes attributes(String realm, Uri topic) {
            return Attributes.builder()
                    .put("messaging.system", "wamp")
                    .put("messaging.operation.name", "publish")
                    .put("messaging.destination.name", topic.text())
                    .put(REALM, realm)
                    .build();
        }
    };

    private static final String REALM = "wamp.realm";

    private final String verb;
    private final SpanKind spanKind;

    RequestKind(String verb, SpanKind spanKind) {
        this.verb = verb;
        this.spanKind = spanKind;
    }

    /** Returns the attributes of the span of a request for a procedure or topic. */
    abstract Attributes attributes(String realm, Uri uri);

    /** Returns the name of the span. */
    String spanName(Uri uri) {
        return verb + uri.text();
    }

    SpanKind spanKind() {
        return spanKind;
    }
}
