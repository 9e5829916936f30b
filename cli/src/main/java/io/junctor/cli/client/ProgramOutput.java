package io.junctor.cli.client;

/** What the output of a program means that answers a call. */
enum ProgramOutput {
    /** One JSON value, or else a text: the only argument of the result. No output is a result without arguments. */
    VALUE,
    /** A text, whatever it looks like: the only argument of the result. */
    TEXT,
    /** A JSON object with the keys {@code args} and {@code kwargs}, and {@code error}, a URI, if the call fails. */
    OBJECT,
    /** Each line a value: progressive results where the caller wants them, otherwise the arguments of the result. */
    LINES
}
