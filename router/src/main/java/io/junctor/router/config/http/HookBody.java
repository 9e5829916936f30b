package io.junctor.router.config.http;

/** The format of the body of a webhook request, which decides the type of the argument. */
public enum HookBody {
    /** JSON: the argument is its value. */
    JSON,
    /** A form ({@code application/x-www-form-urlencoded}): the argument is a map of lists of texts. */
    FORM,
    /** Anything: the argument is binary. */
    RAW
}
