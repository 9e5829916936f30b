package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.junctor.wamp.value.Serializer;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor.Invocation;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

class ExpectedToFailTest {
    /** Scenarios by their annotations; only their names are used. */
    @SuppressWarnings("unused")
    private interface Scenarios {
        @ExpectedToFail("not built yet")
        void notMet(Testbed testbed);

        void met(Testbed testbed);
    }

    private final Testbed testbed =
            new Testbed(new TransportVariant(TransportVariant.Transport.MEMORY, List.of(Serializer.JSON)));

    @Test
    void whatIsExpectedToFailAndFailsIsSkippedWithTheReason() {
        assertThat(outcome("notMet", ExpectedToFailTest::fail))
                .isNotInstanceOf(AssertionError.class)
                .hasMessageContaining("expected to fail: not built yet");
    }

    @Test
    void whatIsExpectedToFailAndPassesBreaksTheBuild() {
        assertThat(outcome("notMet", () -> null))
                .isInstanceOf(AssertionError.class)
                .hasMessage("passes now: remove @ExpectedToFail(\"not built yet\")");
    }

    @Test
    void everythingElsePassesOrFailsAsItDoes() {
        assertThat(outcome("met", ExpectedToFailTest::fail)).hasMessage("not so");
        assertThatCode(() -> run("met", () -> null)).doesNotThrowAnyException();
    }

    private Throwable outcome(String scenario, Invocation<Void> body) {
        return catchThrowable(() -> run(scenario, body));
    }

    private void run(String scenario, Invocation<Void> body) throws Throwable {
        new ScenarioExtension.Run(testbed)
                .interceptTestTemplateMethod(body, new Called(scenario), (ExtensionContext) null);
    }

    private static Void fail() {
        throw new AssertionError("not so");
    }

    private record Called(String name) implements ReflectiveInvocationContext<Method> {
        @Override
        public Class<?> getTargetClass() {
            return Scenarios.class;
        }

        @Override
        public Method getExecutable() {
            try {
                return Scenarios.class.getDeclaredMethod(name, Testbed.class);
            } catch (NoSuchMethodException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public List<Object> getArguments() {
            return List.of();
        }

        @Override
        public Optional<Object> getTarget() {
            return Optional.empty();
        }
    }
}
