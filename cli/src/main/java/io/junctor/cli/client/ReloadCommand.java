package io.junctor.cli.client;

import io.junctor.cli.client.connection.RouterConnection;
import io.junctor.cli.client.process.CommandEnvironment;
import io.junctor.cli.client.process.ExitStatus;
import io.junctor.cli.syntax.CommandSyntax;
import io.junctor.client.WampException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Makes a running router read its configuration again. */
final class ReloadCommand implements Callable<Integer> {
    private final ConnectionOptions connection;

    private final OutputOptions printing;

    ReloadCommand(CommandEnvironment environment) {
        connection = new ConnectionOptions(environment);
        printing = new OutputOptions(environment);
    }

    CommandSpec spec() {
        return CommandSyntax.of(
                        this,
                        "reload",
                        "Lets the router read its configuration file again, and prints what has changed, or all mistakes of"
                                + " the file. The role needs a rule for junctor.config.reload.")
                .with(connection::addTo)
                .with(printing::addTo)
                .spec();
    }

    @Override
    public Integer call() throws InterruptedException {
        return connection.withSession(session -> {
            try {
                return print(session.call("junctor.config.reload").arguments().getFirst());
            } catch (WampException failure) {
                throw RouterConnection.failed("reload", failure);
            }
        });
    }

    private int print(@Nullable Object answer) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        if (answer instanceof Map<?, ?> map) {
            map.forEach((key, value) -> fields.put(String.valueOf(key), value));
        }
        boolean isApplied = Boolean.TRUE.equals(fields.get("applied"));
        printing.output().print(fields, isApplied ? changes(fields) : mistakes(fields));
        return (isApplied ? ExitStatus.OK : ExitStatus.REFUSED).code();
    }

    private static String changes(Map<String, @Nullable Object> fields) {
        Stream<String> warnings = list(fields.get("warnings")).map(warning -> place(warning, "warning: "));
        Stream<String> restart = list(fields.get("restart")).map(name -> "needs a restart: " + name);
        List<String> changes = list(fields.get("changes")).map(String::valueOf).toList();
        String changed = "changed: " + (changes.isEmpty() ? "nothing" : String.join(", ", changes));
        return Stream.of(warnings, Stream.of(changed), restart)
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n"));
    }

    private static String mistakes(Map<String, @Nullable Object> fields) {
        String errors =
                list(fields.get("errors")).map(error -> place(error, "")).collect(Collectors.joining("\n"));
        return errors + "\nThe configuration is as before.";
    }

    private static Stream<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list.stream() : Stream.empty();
    }

    /** Returns {@code file:line:column: text}, the form that {@code junctor check} prints. */
    private static String place(@Nullable Object diagnostic, String kind) {
        if (!(diagnostic instanceof Map<?, ?> place)) {
            return String.valueOf(diagnostic);
        }
        boolean isWhole = !(place.get("line") instanceof Number line) || line.longValue() == 0;
        String where = isWhole ? "" : place.get("line") + ":" + place.get("column") + ":";
        return place.get("file") + ":" + where + " " + kind + place.get("problem");
    }
}
