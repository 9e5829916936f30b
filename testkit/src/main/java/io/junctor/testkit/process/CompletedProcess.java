package io.junctor.testkit.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The outcome of a program that ran to its end. The program does not share the standard streams of the tests: some programs
 * make these streams non-blocking, which ends the connection between the tests and the build.
 *
 * @param status the exit status of the program
 * @param output the program's output on standard output and standard error
 */
public record CompletedProcess(int status, String output) {
    /** Runs a program with an empty standard input, and waits for its end. */
    public static CompletedProcess run(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new CompletedProcess(process.waitFor(), output);
    }
}
