package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ClusterExceptionsTest {
    @Test
    void eachNamesAScenarioAndTellsWhy() {
        ClusterExceptions.LISTED.reasonByScenario().forEach((scenario, reason) -> {
            assertThat(isScenario(scenario)).as(scenario).isTrue();
            assertThat(reason).as(scenario).isNotBlank();
        });
    }

    private static boolean isScenario(String name) {
        String[] parts = name.split("\\.", 2);
        try {
            Class<?> type = Class.forName(ClusterExceptionsTest.class.getPackageName() + "." + parts[0]);
            return Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Scenario.class))
                    .map(Method::getName)
                    .anyMatch(parts[1]::equals);
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
