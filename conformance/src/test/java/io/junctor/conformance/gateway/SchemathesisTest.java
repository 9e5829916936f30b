package io.junctor.conformance.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.junctor.client.Args;
import io.junctor.client.Session;
import io.junctor.conformance.ForeignPackages;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Schemathesis (PyPI) reads the description of the gateway, and sends right and wrong requests that follow from it. */
@Tag("interop")
@Timeout(900)
class SchemathesisTest {
    @Test
    void theGatewayAnswersAsItsDescriptionSays() throws Exception {
        assumeThat(ForeignPackages.install().keySet())
                .extracting(Object::toString)
                .doesNotContain("PYTHON");
        Path directory = ForeignPackages.directory();
        File log = directory.resolve("schemathesis.log").toFile();
        try (GatewayRouter gateway = GatewayRouter.open();
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
        }
    }
}
