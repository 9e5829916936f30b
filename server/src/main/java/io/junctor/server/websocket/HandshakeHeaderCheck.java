package io.junctor.server.websocket;

import io.junctor.server.connector.RefusalLog;
import io.junctor.server.http.ClientAdmission.Refusal;
import io.junctor.websocket.ExtensionHeaderCheck;
import io.junctor.websocket.OpeningHandshake;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** Checks the headers of the opening handshake that are the same for every listener (RFC 6455, section 4.2.1). */
final class HandshakeHeaderCheck {
    private HandshakeHeaderCheck() {}

    /**
     * Returns why a request with these headers is refused, or null.
     *
     * @param hasKey whether the request must contain {@code Sec-WebSocket-Key}, which is so in HTTP/1.1 only
     */
    static @Nullable Refusal refusal(HttpFields headers, boolean hasKey) {
        if (headers.getFields(HttpHeader.SEC_WEBSOCKET_VERSION).size() > 1) {
            return wrong("The header Sec-WebSocket-Version must appear once.");
        }
        for (HttpField field : headers.getFields(HttpHeader.SEC_WEBSOCKET_EXTENSIONS)) {
            String value = String.valueOf(field.getValue());
            if (!ExtensionHeaderCheck.isWellFormed(value)) {
                return new Refusal(
                        HttpStatus.BAD_REQUEST_400,
                        "The header Sec-WebSocket-Extensions is not a list of extensions.",
                        "Sec-WebSocket-Extensions " + RefusalLog.quoted(value) + " is not a list of extensions");
            }
        }
        return hasKey ? keyRefusal(headers.getFields(HttpHeader.SEC_WEBSOCKET_KEY)) : null;
    }

    private static @Nullable Refusal keyRefusal(List<HttpField> keys) {
        if (keys.isEmpty()) {
            return wrong("The header Sec-WebSocket-Key is missing.");
        }
        if (keys.size() > 1) {
            return wrong("The header Sec-WebSocket-Key must appear once.");
        }
        return OpeningHandshake.isKey(String.valueOf(keys.getFirst().getValue()))
                ? null
                : wrong("The header Sec-WebSocket-Key must be 16 octets in base64.");
    }

    private static Refusal wrong(String sentence) {
        String reason = Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1, sentence.length() - 1);
        return new Refusal(HttpStatus.BAD_REQUEST_400, sentence, reason);
    }
}
