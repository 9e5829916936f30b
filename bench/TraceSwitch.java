import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Method;

/**
 * A Java agent for bench/observe. It switches the recording of spans of a running router: on each line {@code off} or {@code
 * on} of standard input, sessions that join from then on are not recorded or recorded. It answers with the same word on
 * standard output.
 */
public final class TraceSwitch {
    private TraceSwitch() {}

    /** Called by the JVM before the router starts. */
    public static void premain(String options) {
        Thread reader = new Thread(TraceSwitch::readLines, "trace-switch");
        reader.setDaemon(true);
        reader.start();
    }

    private static void readLines() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in))) {
            Object recorder = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Class<?> traces = Class.forName("io.junctor.router.tracing.Traces", true, ClassLoader.getSystemClassLoader());
                if (recorder == null) {
                    Method current = traces.getDeclaredMethod("tracing");
                    current.setAccessible(true);
                    recorder = current.invoke(null);
                }
                Class<?> type = Class.forName("io.junctor.router.tracing.Tracing", true, traces.getClassLoader());
                traces.getMethod("recordBy", type).invoke(null, line.equals("on") ? recorder : null);
                System.out.println(line);
            }
        } catch (IOException | ReflectiveOperationException problem) {
            problem.printStackTrace();
        }
    }
}
