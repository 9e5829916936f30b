package io.junctor.conformance.snippets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.Codec;
import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.message.Message;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.Serializer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Decodes each WAMP message that the pages show, and compares the type that stands beside it. */
class WampSnippetTest {
    private static final Pattern MESSAGE =
            Pattern.compile("^(\\[.*?\\])(?: +([A-Z]+)\\b.*)?$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Codec JSON = new Codecs(new CodecLimits(1 << 20, 64, 1 << 20)).of(Serializer.JSON);

    @TestFactory
    Stream<DynamicTest> eachMessageIsOfItsType() {
        return Page.snippets("wamp").stream().map(snippet -> dynamicTest(snippet.place(), () -> decode(snippet)));
    }

    private static void decode(Snippet snippet) {
        Matcher messages = MESSAGE.matcher(snippet.text());
        int end = 0;
        while (messages.find()) {
            assertThat(snippet.text().substring(end, messages.start())).isBlank();
            end = messages.end();
            String name = message(messages.group(1)).getClass().getSimpleName().replace("Message", "");
            if (messages.group(2) != null) {
                assertThat(name.toUpperCase(Locale.ROOT)).isEqualTo(messages.group(2));
            }
        }
        assertThat(snippet.text().substring(end)).isBlank();
    }

    private static Message message(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        try {
            return JSON.decodeFromClient(bytes.clone());
        } catch (ProtocolViolationException notFromAClient) {
            return JSON.decodeFromRouter(bytes);
        }
    }
}
