import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * A Java agent for bench/observe. It switches the recording of spans of a running router: on each line {@code off} or {@code
 * on} of standard input, sessions that join from then on are not recorded or recorded. It answers with the same word on
 * standard output.
 */
public final class TraceSwitch {
    private TraceSwitch() {}

    /** Called by the JVM before the router starts. */
    public static void premain(String options, Instrumentation instrumentation) {
        Thread reader = new Thread(() -> readLines(instrumentation), "trace-switch");
        reader.setDaemon(true);
        reader.start();
    }

    private static void readLines(Instrumentation instrumentation) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in))) {
            Object recorder = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Class<?> holder = loaded(instrumentation, "io.junctor.router.tracing.GlobalTracing");
                if (recorder == null) {
                    Method current = holder.getDeclaredMethod("tracing");
                    current.setAccessible(true);
                    recorder = current.invoke(null);
                }
                Class<?> type = loaded(instrumentation, "io.junctor.router.tracing.Tracing");
                holder.getMethod("recordBy", type).invoke(null, line.equals("on") ? recorder : null);
                System.out.println(line);
            }
        } catch (IOException | ReflectiveOperationException problem) {
            problem.printStackTrace();
        }
    }

    /** Returns a class of the router, which a class loader of its own has loaded. */
    private static Class<?> loaded(Instrumentation instrumentation, String name) {
        return Arrays.stream(instrumentation.getAllLoadedClasses())
                .filter(type -> type.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
