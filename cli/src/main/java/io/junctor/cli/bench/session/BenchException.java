package io.junctor.cli.bench.session;

/** Ends a run; the message is a sentence for the person who started it. */
public final class BenchException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BenchException(String sentence) {
        super(sentence);
    }
}
