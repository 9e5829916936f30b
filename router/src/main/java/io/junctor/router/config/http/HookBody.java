package io.junctor.router.config.http;

/** What the body of a webhook is, and so what its argument is. */
public enum HookBody {
    /** JSON: the argument is its value. */
    JSON,
    /** A form ({@code application/x-www-form-urlencoded}): the argument is a map of lists of texts. */
    FORM,
    /** Anything: the argument is binary. */
    RAW
}
