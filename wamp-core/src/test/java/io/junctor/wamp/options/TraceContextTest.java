package io.junctor.wamp.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.TraceContext;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void aTraceparentHasATraceAnOperationAndFlags() {
        TraceContext context = TraceContext.of(Dict.of("_traceparent", PARENT));

        assertThat(context)
                .isEqualTo(new TraceContext("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", 1, null));
        assertThat(context.isSampled()).isTrue();
        assertThat(context.toDict()).isEqualTo(Dict.of("_traceparent", PARENT));
    }

    @Test
    void theStateOfTracingSystemsIsKept() {
        Dict dict = new Dict(Map.of("_traceparent", PARENT, "_tracestate", "vendor=1,other=a b"));

        assertThat(TraceContext.of(dict).toDict()).isEqualTo(dict);
    }

    @Test
    void aStateOfAWrongFormIsLeftOut() {
        for (Object state : new Object[] {"", "a".repeat(513), "a\u0001", 7L}) {
            assertThat(TraceContext.of(new Dict(Map.of("_traceparent", PARENT, "_tracestate", state)))
                            .state())
                    .isNull();
        }
    }

    @Test
    void aLaterVersionIsReadAndPassedOnAsVersion00() {
        TraceContext context = TraceContext.of(Dict.of("_traceparent", "cc" + PARENT.substring(2, 53) + "ff"));

        assertThat(context.parent()).isEqualTo(PARENT.substring(0, 53) + "ff");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7_01",
                "0:-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b`-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0g",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more"
            })
    void aTraceparentOfAWrongFormCountsAsAbsent(String parent) {
        assertThat(TraceContext.of(Dict.of("_traceparent", parent))).isNull();
    }

    @Test
    void withoutUnknownKeysTheOptionsKeepTheirTraceContextOnly() {
        Dict dict = new Dict(Map.of("_traceparent", PARENT, "x_unknown", 1L));

        assertThat(CallMessageOptions.of(dict).withoutExtra().toDict()).isEqualTo(Dict.of("_traceparent", PARENT));
        assertThat(PublishMessageOptions.of(dict).withoutExtra().toDict()).isEqualTo(Dict.of("_traceparent", PARENT));
        assertThat(CallMessageOptions.of(Dict.of("_traceparent", "wrong"))
                        .withoutExtra()
                        .extra())
                .isSameAs(Dict.EMPTY);
    }
}
