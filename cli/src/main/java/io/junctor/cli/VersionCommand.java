package io.junctor.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IVersionProvider;

/** Prints the versions of Junctor and Java. */
@Command(name = "version", description = "Prints the version of Junctor and of the Java that runs it.")
final class VersionCommand implements Callable<Integer>, IVersionProvider {

    @Override
    public Integer call() throws IOException {
        System.out.println(text());
        return ExitCode.OK;
    }

    @Override
    public String[] getVersion() throws IOException {
        return new String[] {text()};
    }

    private static String text() throws IOException {
        return "junctor " + number() + ", Java " + Runtime.version().feature() + " ("
                + System.getProperty("java.vendor") + ")";
    }

    /** Returns the version, which the build writes into a file beside this class. */
    private static String number() throws IOException {
        Properties properties = new Properties();
        try (InputStream resource = VersionCommand.class.getResourceAsStream("version.properties")) {
            properties.load(resource);
        }
        return properties.getProperty("version");
    }
}
