package io.junctor.conformance.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.junctor.client.Args;
import io.junctor.client.Session;
import io.junctor.conformance.ForeignPackages;
import io.junctor.router.config.http.HookAction;
import io.junctor.router.config.http.HookBody;
import io.junctor.router.config.http.HookSignature;
import io.junctor.router.config.http.SecretText;
import io.junctor.router.config.http.WebhookConfig;
import io.junctor.router.metrics.Counter;
import io.junctor.router.spi.Action;
import io.junctor.wamp.value.Uri;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Schemathesis (PyPI) reads the description of gateway and webhooks, and sends right and wrong requests that follow from it. */
@Tag("interop")
@Timeout(900)
class SchemathesisTest {
    private static final String TOKEN_FIELD = "X-Hook-Token";
    private static final SecretText SECRET = new SecretText("a-secret-of-tests-with-32-letters");

    private static WebhookConfig webhook(Action action, HookSignature signature, HookBody body) {
        return new WebhookConfig(
                new HookAction("realm1", "anonymous", action, new Uri("com.example.echo")),
                signature,
                body,
                List.of("User-Agent"),
                1 << 20,
                Duration.ofSeconds(30),
                Duration.ofMinutes(5));
    }

    /** Webhooks for whose secret the program has the right field, and one whose signatures it cannot make. */
    private static Map<String, WebhookConfig> webhooks() {
        HookSignature token = new HookSignature.Token(List.of(SECRET), TOKEN_FIELD);
        HookSignature github = new HookSignature.GitHub(List.of(SECRET));
        return Map.of(
                "/hooks/event", webhook(Action.PUBLISH, token, HookBody.JSON),
                "/hooks/call", webhook(Action.CALL, token, HookBody.JSON),
                "/hooks/form", webhook(Action.CALL, token, HookBody.FORM),
                "/hooks/bytes", webhook(Action.PUBLISH, token, HookBody.RAW),
                "/hooks/github", webhook(Action.PUBLISH, github, HookBody.JSON));
    }

    @Test
    void theGatewayAndWebhooksAnswerAsTheirDescriptionSays() throws Exception {
        assumeThat(ForeignPackages.install().keySet())
                .extracting(Object::toString)
                .doesNotContain("PYTHON");
        Path directory = ForeignPackages.directory();
        File log = directory.resolve("schemathesis.log").toFile();
        try (GatewayRouter gateway =
                        GatewayRouter.open(listener -> listener.webhooks(webhooks()), UnaryOperator.identity());
                Session callee = gateway.join("realm1")) {
            callee.register("com.example.echo", call -> Args.of(call.arguments().toArray()));
            Process process = new ProcessBuilder(
                            directory.resolve("venv/bin/st").toString(),
                            "run",
                            gateway.base() + "/openapi.json",
                            // A stream of events has no end, for which the program would wait.
                            "--exclude-path",
                            "/events",
                            "--phases",
                            "coverage,fuzzing",
                            "--max-examples",
                            "50",
                            "--generation-deterministic",
                            "--header",
                            TOKEN_FIELD + ": " + SECRET.text(),
                            "--request-timeout",
                            "60",
                            "--continue-on-failure",
                            "--no-color")
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log)
                    .start();
            assertThat(process.waitFor(14, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(log.toPath())).isZero();
            assertThat(gateway.router.count(Counter.WEBHOOKS_REFUSED)).isPositive();
        }
    }
}
