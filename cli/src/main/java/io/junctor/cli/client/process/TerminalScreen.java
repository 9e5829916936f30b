package io.junctor.cli.client.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The whole screen of a terminal, on which new lines replace the old ones; the previous content returns at the end. If
 * standard output is not a terminal, the lines are printed one after the other. Thread-safe.
 */
public final class TerminalScreen implements AutoCloseable {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,4}) (\\d{1,4})");
    private static final String ENTER = "\u001b[?1049h\u001b[?25l";
    private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
    private static final String TOP_LEFT = "\u001b[H";
    private static final String CLEAR_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";

    private final CommandEnvironment environment;
    private final boolean isTerminal;
    private boolean isOpen;

    /** A size in characters. */
    public record Size(int lines, int columns) {
        private static final Size USUAL = new Size(24, 80);
    }

    /** Creates the screen. Nothing changes on the terminal before the first {@link #show}. */
    public TerminalScreen(CommandEnvironment environment, boolean isTerminal) {
        this.environment = environment;
        this.isTerminal = isTerminal;
    }

    /** Shows these lines instead of the previous ones. */
    public synchronized void show(List<String> lines) {
        if (!isTerminal) {
            lines.forEach(environment::println);
            return;
        }
        StringBuilder screen = new StringBuilder(isOpen ? "" : ENTER).append(TOP_LEFT);
        screen.append(String.join(CLEAR_LINE + "\n", lines)).append(CLEAR_LINE).append(CLEAR_BELOW);
        isOpen = true;
        print(screen.toString());
    }

    /** Returns the current size of the terminal, as {@code stty} reports it; if that fails, the size of a classic terminal. */
    public Size size() {
        if (!isTerminal) {
            return new Size(Integer.MAX_VALUE / 2, Integer.MAX_VALUE);
        }
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String told = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            Matcher size = SIZE.matcher(told.strip());
            boolean ended = stty.waitFor(1, TimeUnit.SECONDS);
            return ended && size.matches() && !size.group(1).equals("0")
                    ? new Size(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)))
                    : Size.USUAL;
        } catch (IOException noStty) {
            return Size.USUAL;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return Size.USUAL;
        }
    }

    /** Restores the previous content of the terminal. */
    @Override
    public synchronized void close() {
        if (isOpen) {
            isOpen = false;
            print(LEAVE);
        }
    }

    private void print(String text) {
        environment.out().print(text);
        environment.out().flush();
    }
}
