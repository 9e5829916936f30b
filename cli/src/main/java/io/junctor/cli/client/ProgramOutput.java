package io.junctor.cli.client;

/** The ways to interpret the output of a program that answers a call. */
enum ProgramOutput {
    /** The output is one JSON value, or else a text: the only argument of the result. Empty output is a result without arguments. */
    VALUE,
    /** The output is a text, even if it looks like JSON: the only argument of the result. */
    TEXT,
    /** The output is a JSON object with the keys {@code args} and {@code kwargs}; if the call fails, also {@code error}, a URI. */
    OBJECT,
    /** Each line is a value: a progressive result if the caller accepts those, otherwise an argument of the result. */
    LINES
}
