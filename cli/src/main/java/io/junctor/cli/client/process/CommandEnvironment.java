package io.junctor.cli.client.process;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The streams and the environment of a command. Immutable.
 *
 * @param in standard input
 * @param out standard output in UTF-8, without automatic flush
 * @param err standard error
 * @param isTerminal whether standard output is a terminal
 * @param variables the environment variables
 */
public record CommandEnvironment(
        InputStream in, PrintStream out, PrintStream err, boolean isTerminal, Map<String, String> variables) {
    /** The system property in which bin/junctor passes on whether standard output is a terminal: true or false. */
    private static final String TERMINAL_PROPERTY = "junctor.terminal";

    private static final String BOLD = "\u001b[1m";
    private static final String PLAIN = "\u001b[0m";

    private static final int BUFFER_BYTES = 1 << 16;

    /** Returns the streams and the environment of this process. */
    public static CommandEnvironment ofProcess() {
        PrintStream out = new PrintStream(
                new java.io.BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER_BYTES),
                false,
                StandardCharsets.UTF_8);
        return new CommandEnvironment(
                System.in, out, System.err, Boolean.getBoolean(TERMINAL_PROPERTY), System.getenv());
    }

    /** Returns the value of an environment variable; null if the variable is not set or empty. */
    public @Nullable String variable(String name) {
        String value = variables.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** Returns a heading: bold on a terminal, unless the variable {@code NO_COLOR} is set or the terminal has no styles. */
    public String heading(String line) {
        boolean hasStyles = isTerminal && variable("NO_COLOR") == null && !"dumb".equals(variable("TERM"));
        return hasStyles ? BOLD + line + PLAIN : line;
    }

    /** Prints a line on standard output at once. Lines of different threads do not mix. Thread-safe. */
    public void println(String line) {
        synchronized (out) {
            out.print(line);
            out.print('\n');
            out.flush();
        }
    }

    /** Prints a sentence about the command itself on standard error. */
    public void note(String sentence) {
        err.println("junctor: " + sentence);
    }

    /** Returns whether the reader of standard output has closed it, as {@code head} does. */
    public boolean isOutputClosed() {
        return out.checkError();
    }
}
