package io.junctor.router.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.junctor.router.authorization.UriCheck;
import io.junctor.wamp.value.Arguments;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetaArgumentsTest {
    @Test
    void idsMayBeFloatsOfIntegralValue() {
        MetaArguments given = positional(9_007_199_254_740_992.0, 7L);

        assertThat(given.id(0)).isEqualTo(9_007_199_254_740_992L);
        assertThat(given.id(1)).isEqualTo(7);
        assertThat(keyword(4_294_967_296.0).optionalId("at")).isEqualTo(4_294_967_296L);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1.5, 1e16, Double.NaN, Double.POSITIVE_INFINITY})
    void otherFloatsAreNoIds(double value) {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> positional(value).id(0));
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> keyword(value).optionalId("at"));
    }

    private static MetaArguments positional(Object... values) {
        return new MetaArguments(new Arguments(Arrays.asList(values), Map.of()), UriCheck.DEFAULT);
    }

    private static MetaArguments keyword(Object value) {
        return new MetaArguments(new Arguments(List.of(), Map.of("at", value)), UriCheck.DEFAULT);
    }
}
