package io.junctor.cli;

import io.junctor.router.access.IdleRule;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.yaml.ConfigFile;
import io.junctor.router.config.yaml.Reading;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** Reads the configuration and starts nothing. */
@Command(
        name = "check",
        description = "Names every mistake in the configuration, with line and column, and warns of rules that make no"
                + " difference.")
final class Check implements Callable<Integer> {
    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Override
    public Integer call() {
        return switch (ConfigFile.read(config.file())) {
            case Reading.Accepted accepted -> {
                accepted.config().all().forEach(this::warn);
                System.out.println(config.file() + " has no mistakes.");
                yield ExitCode.OK;
            }
            case Reading.Refused refused -> Failures.onMistakes(refused);
        };
    }

    private void warn(RealmConfig realm) {
        realm.roles().entrySet().stream()
                .flatMap(role -> IdleRule.of(role.getValue()).stream().map(idle -> warning(realm, role.getKey(), idle)))
                .forEach(System.err::println);
    }

    private String warning(RealmConfig realm, String role, IdleRule idle) {
        return config.file() + ":" + idle.rule().line() + ": warning: in role '" + role + "' of realm '" + realm.name()
                + "' this rule makes no difference to '"
                + idle.action().name().toLowerCase(Locale.ROOT) + "': " + idle.reason();
    }
}
