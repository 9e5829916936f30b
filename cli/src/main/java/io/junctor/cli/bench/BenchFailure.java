package io.junctor.cli.bench;

/** A run that cannot go on; the message is a sentence for the person who started it. */
final class BenchFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    BenchFailure(String sentence) {
        super(sentence);
    }
}
