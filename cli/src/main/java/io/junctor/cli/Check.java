package io.junctor.cli;

import io.junctor.router.config.yaml.ConfigFile;
import io.junctor.router.config.yaml.Reading;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** Reads the configuration and starts nothing. */
@Command(name = "check", description = "Names every mistake in the configuration, with line and column.")
final class Check implements Callable<Integer> {
    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Override
    public Integer call() {
        return switch (ConfigFile.read(config.file())) {
            case Reading.Accepted accepted -> {
                System.out.println(config.file() + " has no mistakes.");
                yield ExitCode.OK;
            }
            case Reading.Refused refused -> Failures.onMistakes(refused);
        };
    }
}
