package io.junctor.cli.client.process;

/** Ends a command with one sentence for people and an exit status. */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitStatus status;

    /**
     * Creates a failure.
     *
     * @param sentence what failed, where, and why; printed on standard error
     */
    public CommandException(ExitStatus status, String sentence) {
        super(sentence);
        this.status = status;
    }

    /** Creates a failure because of the command line, a file or a context. */
    public static CommandException usage(String sentence) {
        return new CommandException(ExitStatus.USAGE, sentence);
    }

    /** Returns the sentence. */
    public String sentence() {
        return String.valueOf(getMessage());
    }

    /** Returns the exit status. */
    public ExitStatus status() {
        return status;
    }
}
