package io.junctor.cli.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import org.slf4j.event.KeyValuePair;

/** Writes each log entry as a line with a JSON object. Used by the thread that writes the log. */
final class JsonLogEncoder extends EncoderBase<ILoggingEvent> {
    private static final byte[] NONE = {};

    /** The content of the lines. */
    enum Content {
        /** Time, level, logger, text, key-value pairs and stack trace. */
        LOG,
        /** The time and the members of a JSON object, which the text of the log entry contains. */
        AUDIT
    }

    private final Content content;

    JsonLogEncoder(Content content) {
        this.content = content;
    }

    @Override
    public byte[] encode(ILoggingEvent entry) {
        JsonLine line = JsonLine.at(entry.getTimeStamp());
        String text = entry.getFormattedMessage();
        if (content == Content.AUDIT && text.startsWith("{\"")) {
            line.putMembersOf(text);
        } else {
            addEntry(line, entry, text);
        }
        return line.end().getBytes(StandardCharsets.US_ASCII);
    }

    private static void addEntry(JsonLine line, ILoggingEvent entry, String text) {
        line.put("level", entry.getLevel().toString())
                .put("logger", entry.getLoggerName())
                .put("message", text);
        if (entry.getKeyValuePairs() != null) {
            for (KeyValuePair pair : entry.getKeyValuePairs()) {
                line.put(pair.key, pair.value);
            }
        }
        if (entry.getThrowableProxy() != null) {
            line.put("stack_trace", ThrowableProxyUtil.asString(entry.getThrowableProxy()));
        }
    }

    @Override
    public byte[] headerBytes() {
        return NONE;
    }

    @Override
    public byte[] footerBytes() {
        return NONE;
    }
}
