package io.junctor.conformance.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.client.Client;
import io.junctor.client.Session;
import io.junctor.client.WampException;
import jakarta.servlet.ServletContextListener;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Used by one thread. Runs the blocks of a section one after the other. Each has a session of its own, which stays open
 * to the end of the section.
 */
final class JavaSection {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<Snippet> blocks;
    private final Map<Snippet, String> names;
    private final ClassLoader loader;
    private final String uri;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    JavaSection(List<Snippet> blocks, Map<Snippet, String> names, ClassLoader loader, String uri) {
        this.blocks = blocks;
        this.names = names;
        this.loader = loader;
        this.uri = uri;
    }

    /** Runs all, and fails if the blocks print something else than the page says. */
    void run() throws Exception {
        PrintStream standardOutput = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        List<Session> sessions = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        try {
            for (Snippet block : blocks) {
                expected.addAll(block.prints());
                run(block, sessions, new Output(expected));
                await(expected);
            }
            sessions.reversed().forEach(Session::close);
            blocks.forEach(block -> expected.addAll(block.printsAtTheEnd()));
            await(expected);
        } finally {
            sessions.reversed().forEach(Session::close);
            System.setOut(standardOutput);
        }
        assertThat(new Output(expected).is(lines()))
                .as("the blocks print %s, the page says %s", lines(), expected)
                .isTrue();
    }

    private void await(List<String> expected) {
        Output output = new Output(expected);
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(2))
                .untilAsserted(() -> assertThat(output.isIn(lines()))
                        .as("the blocks print %s, the page says %s", lines(), expected)
                        .isTrue());
    }

    private List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private void run(Snippet block, List<Session> sessions, Output output) throws Exception {
        Class<?> type = loader.loadClass(names.get(block));
        if (ServletContextListener.class.isAssignableFrom(type)) {
            runInContainer(type);
        } else if (methods(type, Test.class).findAny().isPresent()) {
            runTests(type);
        } else {
            provide(type, block, sessions);
            runProgram(type, block, output);
        }
    }

    private void provide(Class<?> type, Snippet block, List<Session> sessions) throws ReflectiveOperationException {
        if (!type.getSimpleName().startsWith("Block")) {
            return;
        }
        Client client = Client.builder(uri).build();
        type.getField("client").set(null, client);
        if ((block.text() + block.mark(Mark.Kind.BEFORE).orElse("")).contains("session")) {
            Session session = client.join();
            sessions.add(session);
            type.getField("session").set(null, session);
        }
    }

    /** Programs that sleep are interrupted when they have printed what they should. */
    private void runProgram(Class<?> type, Snippet block, Output output) throws Exception {
        Method main = type.getMethod("main", String[].class);
        FutureTask<Object> program = new FutureTask<>(() -> main.invoke(null, (Object) new String[0]));
        Thread thread = Thread.ofPlatform().name(block.place()).start(program);
        if (block.text().contains("Thread.sleep")) {
            await(output.expected());
            thread.interrupt();
        }
        try {
            program.get();
            assertThat(block.mark(Mark.Kind.FAILS)).isEmpty();
        } catch (ExecutionException e) {
            Throwable cause =
                    e.getCause() instanceof InvocationTargetException thrown ? thrown.getCause() : e.getCause();
            if (cause instanceof WampException failure && block.has(Mark.Kind.FAILS)) {
                assertThat(failure.uri()).isEqualTo(block.mark(Mark.Kind.FAILS).orElseThrow());
            } else if (!(cause instanceof InterruptedException)) {
                throw new AssertionError(block.place(), cause);
            }
        }
    }

    private static void runTests(Class<?> type) throws ReflectiveOperationException {
        for (Method test : methods(type, Test.class).toList()) {
            Object instance = newInstance(type);
            invokeAll(type, BeforeEach.class, instance);
            try {
                test.invoke(instance);
            } finally {
                invokeAll(type, AfterEach.class, instance);
            }
        }
    }

    private static void invokeAll(Class<?> type, Class<? extends Annotation> annotation, Object instance)
            throws ReflectiveOperationException {
        for (Method method : methods(type, annotation).toList()) {
            method.invoke(instance);
        }
    }

    private static Stream<Method> methods(Class<?> type, Class<? extends Annotation> annotation) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(annotation))
                .peek(method -> method.setAccessible(true));
    }

    private static Object newInstance(Class<?> type) throws ReflectiveOperationException {
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    private static void runInContainer(Class<?> type) throws Exception {
        ServletContextListener application = (ServletContextListener) newInstance(type);
        try (SnippetContainer container = SnippetContainer.start(application);
                Session session = Session.join(container.uri(), "realm1")) {
            assertThat(session.isOpen()).isTrue();
        }
    }
}
