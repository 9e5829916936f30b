package io.junctor.cli.client.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;

/** Reports that a text is not one JSON value. The message contains the position and the reason. */
public final class InvalidJsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidJsonException(JsonLocation place, String problem) {
        super("line " + place.getLineNr() + ", column " + place.getColumnNr() + ": " + problem);
    }

    private InvalidJsonException(String message) {
        super(message);
    }

    /** Returns the same problem with a message that also contains the text. */
    InvalidJsonException in(String text) {
        return new InvalidJsonException("'" + text + "', " + getMessage());
    }

    static InvalidJsonException of(JsonProcessingException problem) {
        JsonLocation place = problem.getLocation() == null ? JsonLocation.NA : problem.getLocation();
        return new InvalidJsonException(place, firstSentence(problem.getOriginalMessage()));
    }

    /** Returns Jackson's message without its list of all valid tokens. */
    private static String firstSentence(String message) {
        return message.lines().findFirst().orElse("not JSON").replaceAll(" \\(JSON String.*|\\(code \\d+\\)", "");
    }
}
