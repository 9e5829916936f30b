package io.junctor.cli.client.process;

/** A command ends with one sentence for people and an exit status. */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitStatus status;

    /**
     * A failure.
     *
     * @param sentence what failed, where, and why, for standard error
     */
    public CommandException(ExitStatus status, String sentence) {
        super(sentence);
        this.status = status;
    }

    /** A failure of the command line, of a file or of a context. */
    public static CommandException usage(String sentence) {
        return new CommandException(ExitStatus.USAGE, sentence);
    }

    /** What failed, where, and why. */
    public String sentence() {
        return String.valueOf(getMessage());
    }

    /** The exit status. */
    public ExitStatus status() {
        return status;
    }
}
