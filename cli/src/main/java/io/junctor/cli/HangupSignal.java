package io.junctor.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles SIGHUP, which otherwise ends the JVM. */
final class HangupSignal {
    private static final Logger LOG = LoggerFactory.getLogger(HangupSignal.class);

    private HangupSignal() {}

    /** Runs {@code action} at each SIGHUP from now on. Has no effect if the operating system or the JVM has no such signal. */
    static void handle(Runnable action) {
        try {
            // Uses reflection, because javac warns about this package of the JDK, and a runtime image may not contain
            // it.
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler running = (proxy, method, arguments) -> switch (method.getName()) {
                case "equals" -> proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                case "toString" -> "SIGHUP";
                default -> {
                    action.run();
                    yield null;
                }
            };
            Object hangup = signal.getConstructor(String.class).newInstance("HUP");
            signal.getMethod("handle", signal, handler)
                    .invoke(
                            null,
                            hangup,
                            Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, running));
        } catch (ReflectiveOperationException e) {
            LOG.debug("SIGHUP cannot be handled here", e);
        }
    }
}
