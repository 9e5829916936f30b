package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Checks the list of defects of other routers: each line names tests, which must exist. */
class DefectsOfOtherRoutersTest {
    @Test
    void everyMistakeSeenElsewhereHasATest() throws IOException {
        List<String> missing = new ArrayList<>();
        for (String line : lines()) {
            String[] cells = line.split("\\|", -1);
            assertThat(cells).as(line).hasSize(3);
            for (String name : cells[2].strip().split(", ", -1)) {
                if (!isTest(name)) {
                    missing.add(name);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    private static boolean isTest(String name) {
        String[] parts = name.split("\\.", -1);
        try {
            Class<?> type = Class.forName(DefectsOfOtherRoutersTest.class.getPackageName() + "." + parts[0]);
            return Arrays.stream(type.getDeclaredMethods())
                    .anyMatch(method -> method.getName().equals(parts[1])
                            && (method.isAnnotationPresent(Scenario.class) || method.isAnnotationPresent(Test.class))
                            && !method.isAnnotationPresent(ExpectedToFail.class));
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static List<String> lines() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(DefectsOfOtherRoutersTest.class.getResourceAsStream("elsewhere.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }
}
