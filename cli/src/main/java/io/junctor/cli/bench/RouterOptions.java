package io.junctor.cli.bench;

import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say which router is under load. */
final class RouterOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where the router takes WebSockets. Default: ${DEFAULT-VALUE}.",
            defaultValue = "ws://127.0.0.1:8080/ws")
    private URI url = URI.create("");

    @Option(
            names = "--realm",
            paramLabel = "REALM",
            description = "A realm that lets anonymous sessions do everything. Default: ${DEFAULT-VALUE}.",
            defaultValue = "realm1")
    private String realm = "";

    @Option(
            names = "--serializer",
            paramLabel = "NAME",
            description = "json, msgpack or cbor. Default: msgpack.",
            defaultValue = "msgpack")
    private Serializer serializer = Serializer.MSGPACK;

    @Option(
            names = "--pid",
            paramLabel = "PID",
            description = "The router's process on this machine: adds what it takes of processor and memory (Linux).")
    private @Nullable Long pid;

    Target target() {
        if (!"ws".equals(url.getScheme()) || url.getHost() == null) {
            throw refusal("--url must be ws://HOST:PORT/PATH, not '" + url + "'.");
        }
        return new Target(url, new Uri(realm), serializer);
    }

    @Nullable
    ServerProcess process() {
        if (pid != null && !ServerProcess.isReadable(pid)) {
            throw refusal("--pid " + pid + " is no process of this machine that can be read under /proc.");
        }
        return pid == null ? null : new ServerProcess(pid);
    }

    private ParameterException refusal(String sentence) {
        return new ParameterException(command.commandLine(), sentence);
    }
}
