package io.junctor.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;

/** Clients of one realm that exchange calls, errors and events: each with all others. For one thread. */
final class InteropMeeting implements AutoCloseable {
    private final List<InteropClient> parts = new ArrayList<>();
    private final List<InteropClient> ready = new ArrayList<>();

    void add(InteropClient part) {
        parts.add(part);
    }

    /** The tests: each client is used alone, calls all others, hears from all others, and leaves. */
    List<DynamicTest> tests() {
        List<DynamicTest> tests = new ArrayList<>();
        parts.forEach(part -> tests.add(dynamicTest(part + " alone", () -> beReady(part))));
        parts.forEach(part -> tests.add(dynamicTest(part + " calls all others", () -> meet(whereReady(part)))));
        parts.forEach(part -> tests.add(
                dynamicTest(part + " hears all others", () -> whereReady(part).awaitDone())));
        parts.forEach(part ->
                tests.add(dynamicTest(part + " leaves", () -> whereReady(part).leave())));
        return tests;
    }

    private void beReady(InteropClient part) {
        part.awaitReady();
        ready.add(part);
    }

    private InteropClient whereReady(InteropClient part) {
        assumeTrue(ready.contains(part), part + " failed before");
        return part;
    }

    private void meet(InteropClient part) {
        part.meet(ready.stream()
                .filter(other -> other != part)
                .map(InteropClient::name)
                .toList());
    }

    @Override
    public void close() {
        parts.forEach(InteropClient::close);
    }
}
