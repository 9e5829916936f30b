package io.junctor.cli;

import io.junctor.cli.syntax.CommandSyntax;
import io.junctor.router.authorization.UnreachableRule;
import io.junctor.router.config.RealmConfig;
import io.junctor.server.yaml.ConfigFile;
import io.junctor.server.yaml.ConfigResult;
import io.junctor.server.yaml.Diagnostic;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;

/** Prints the errors and warnings of the configuration and starts nothing. */
@Command(
        name = "check",
        description =
                "Lists all errors of the configuration with line and column, and warns about entries that have no effect or"
                        + " are probably not meant.")
final class CheckCommand implements Callable<Integer> {
    private final ConfigOption config = new ConfigOption();

    CommandSpec spec() {
        return CommandSyntax.annotated(this).with(config::addTo).spec();
    }

    @Override
    public Integer call() {
        return switch (ConfigFile.read(config.file())) {
            case ConfigResult.Valid valid -> {
                List<String> warnings = warnings(valid);
                warnings.forEach(System.err::println);
                System.out.println(config.file() + " has no mistakes"
                        + switch (warnings.size()) {
                            case 0 -> ".";
                            case 1 -> ", 1 warning.";
                            default -> ", " + warnings.size() + " warnings.";
                        });
                yield ExitCode.OK;
            }
            case ConfigResult.Invalid invalid -> FailurePrinter.onErrors(invalid);
        };
    }

    private List<String> warnings(ConfigResult.Valid valid) {
        return Stream.concat(
                        valid.warnings().stream().map(Diagnostic::asWarning),
                        valid.config().all().flatMap(this::idleRules))
                .toList();
    }

    private Stream<String> idleRules(RealmConfig realm) {
        return realm.roles().entrySet().stream()
                .flatMap(role ->
                        UnreachableRule.of(role.getValue()).stream().map(idle -> warning(realm, role.getKey(), idle)));
    }

    private String warning(RealmConfig realm, String role, UnreachableRule idle) {
        return config.file() + ":" + idle.rule().line() + ": warning: in role '" + role + "' of realm '" + realm.name()
                + "' this rule makes no difference to '"
                + idle.action().name().toLowerCase(Locale.ROOT) + "': " + idle.reason();
    }
}
