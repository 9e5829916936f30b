package io.junctor.conformance;

import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Runs a {@link Scenario} over each of its transports and closes its {@link Testbed}. Used by JUnit. */
final class ScenarioExtension implements TestTemplateInvocationContextProvider {
    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        Method method = context.getRequiredTestMethod();
        return TransportVariant.all(method.getName()).stream()
                .filter(variant -> variant.fits(method))
                .map(One::new);
    }

    @Override
    public boolean mayReturnZeroTestTemplateInvocationContexts(ExtensionContext context) {
        return true;
    }

    /** One run of a scenario. */
    private record One(TransportVariant variant) implements TestTemplateInvocationContext {
        @Override
        public String getDisplayName(int index) {
            return variant.toString();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(new Run(new Testbed(variant)));
        }
    }

    /** Passes the test bed to the scenario, closes it inside the test, and inverts the outcome of scenarios that are expected to fail. */
    record Run(Testbed testbed) implements ParameterResolver, InvocationInterceptor {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Testbed.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return testbed;
        }

        @Override
        public void interceptTestTemplateMethod(
                Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
                throws Throwable {
            ExpectedToFail expected = method.getExecutable().getAnnotation(ExpectedToFail.class);
            if (expected == null) {
                runAndClose(invocation);
                return;
            }
            try {
                runAndClose(invocation);
            } catch (Throwable e) {
                if (!testbed.isSkipped()) {
                    Assumptions.abort("expected to fail: " + expected.value());
                }
                throw e;
            }
            throw new AssertionError("passes now: remove @ExpectedToFail(\"" + expected.value() + "\")");
        }

        private void runAndClose(Invocation<Void> invocation) throws Throwable {
            try {
                invocation.proceed();
            } catch (Throwable e) {
                testbed.abandon();
                throw e;
            }
            testbed.close();
        }
    }
}
