package io.junctor.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchCommandTest {
    @Test
    void badArgumentsGetOneSentence() {
        assertThat(refusal("rpc", "--url", "ftp://127.0.0.1:8080/ws"))
                .isEqualTo("--url must be ws://HOST:PORT/PATH, wss:// or ws+unix:/SOCKET:/PATH (WebSocket),"
                        + " tcp://HOST:PORT, tls:// or unix:/SOCKET (RawSocket), http://HOST:PORT/PATH or https://"
                        + " (long-poll), not 'ftp://127.0.0.1:8080/ws'.");
        assertThat(refusal("rpc", "--url", "ws+unix:/run/router.sock")).startsWith("--url must be ");
        assertThat(refusal("rpc", "--url", "tcp://127.0.0.1")).startsWith("--url must be ");
        assertThat(refusal("rpc", "--url", "tcp://127.0.0.1:8080", "--batched"))
                .isEqualTo("--batched needs a --url of WebSocket or long-poll.");
        assertThat(refusal("rpc", "--url", "http://127.0.0.1:8080/ws", "--compression"))
                .isEqualTo("--compression needs a --url of WebSocket.");
        assertThat(refusal("rpc", "--url", "tcp://127.0.0.1:8080", "--http2"))
                .isEqualTo("--http2 needs a --url of WebSocket, without --compression.");
        assertThat(refusal("rpc", "-w", "0")).isEqualTo("--window must be from 1 to 100000, not 0.");
        assertThat(refusal("pubsub", "-k", "70000")).isEqualTo("--subscribers must be from 1 to 60000, not 70000.");
        assertThat(refusal("pubsub", "--payload", "15")).isEqualTo("--payload must be from 16 to 8388608, not 15.");
        assertThat(refusal("pubsub", "--stuck", "-1")).isEqualTo("--stuck must be from 0 to 60000, not -1.");
        assertThat(refusal("join", "--duration", "-0.5")).isEqualTo("--duration must be from 0 to 86400, not -0.5.");
        assertThat(refusal("rpc", "--rate", "NaN")).isEqualTo("--rate must be from 0 to 10000000, not NaN.");
        assertThat(refusal("rpc", "--serializer", "xml")).contains("--serializer", "JSON, MSGPACK, CBOR", "xml");
        assertThat(refusal("rpc", "--pid", "-1")).startsWith("--pid -1 is no process of this machine");
        assertThat(refusal("rpc", "--apart", "--url", "ws://127.0.0.1:8080/ws"))
                .isEqualTo("--apart needs two --url or more.");
        assertThat(refusal("pubsub", "--url", "ws://127.0.0.1:8080/ws", "--url", "ftp://127.0.0.1/"))
                .endsWith(", not 'ftp://127.0.0.1/'.");
        assertThat(refusal()).isEqualTo("bench needs one of rpc, pubsub and join.");
    }

    @Test
    void theReportNamesFiguresErrorsAndLosses() {
        BenchResult outcome = new BenchResult(
                "call",
                1500,
                2,
                Map.of("server_cpu_us_per_call", 3.25),
                new LatencyPercentiles(1, 2, 3, 4, 5),
                6,
                7,
                "wamp.error.\"new\"");

        assertThat(ResultFormatter.text(outcome).lines())
                .containsExactly(
                        "calls/s                    750",
                        "server cpu us per call     3.25",
                        "latency us                 p50 1  p90 2  p99 3  p99.9 4  max 5",
                        "errors                     6, the first: wamp.error.\"new\"",
                        "lost                       7");
        assertThat(ResultFormatter.json(outcome))
                .isEqualTo("{\"unit\":\"call\",\"operations\":1500,\"seconds\":2.000,\"per_second\":750.000,"
                        + "\"server_cpu_us_per_call\":3.250,"
                        + "\"latency_us\":{\"p50\":1,\"p90\":2,\"p99\":3,\"p99.9\":4,\"max\":5},"
                        + "\"errors\":6,\"lost\":7,\"problem\":\"wamp.error.?new?\"}");
    }

    private static String refusal(String... arguments) {
        StringWriter errors = new StringWriter();
        int code = new CommandLine(new BenchCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setErr(new PrintWriter(errors))
                .setParameterExceptionHandler((failure, given) -> {
                    errors.append(failure.getMessage());
                    return 2;
                })
                .execute(arguments);
        assertThat(code).isEqualTo(2);
        return errors.toString();
    }
}
