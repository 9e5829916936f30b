package io.junctor.cli.client.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;

/** A text is not one JSON value. The message says where and why. */
public final class InvalidJsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidJsonException(JsonLocation place, String problem) {
        super("line " + place.getLineNr() + ", column " + place.getColumnNr() + ": " + problem);
    }

    private InvalidJsonException(String message) {
        super(message);
    }

    /** The same problem in one of several texts, which the message then names. */
    InvalidJsonException in(String text) {
        return new InvalidJsonException("'" + text + "', " + getMessage());
    }

    static InvalidJsonException of(JsonProcessingException problem) {
        JsonLocation place = problem.getLocation() == null ? JsonLocation.NA : problem.getLocation();
        return new InvalidJsonException(place, firstSentence(problem.getOriginalMessage()));
    }

    /** Jackson's message without the list of all that could stand there. */
    private static String firstSentence(String message) {
        return message.lines().findFirst().orElse("not JSON").replaceAll(" \\(JSON String.*|\\(code \\d+\\)", "");
    }
}
