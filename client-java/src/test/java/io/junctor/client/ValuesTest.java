package io.junctor.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import io.junctor.wamp.value.Arguments;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ValuesTest {
    private static final ValueConverter CONVERSION = new ValueConverter(ValueConverter.defaultMapper());

    enum Color {
        RED
    }

    @SuppressWarnings("ArrayRecordComponent") // What applications write, too.
    record Part(String name, byte[] picture, List<Color> colors) {}

    @Test
    void numbersComeInEveryTypeThatHoldsThem() {
        Result result = result(7L, 2.5, 3.0);
        assertThat(result.argument(0, Integer.class)).isEqualTo(7);
        assertThat(result.argument(0, int.class)).isEqualTo(7);
        assertThat(result.argument(0, Long.class)).isEqualTo(7L);
        assertThat(result.argument(0, Double.class)).isEqualTo(7.0);
        assertThat(result.argument(0, BigDecimal.class)).isEqualByComparingTo("7");
        assertThat(result.argument(1, Double.class)).isEqualTo(2.5);
        assertThat(result.argument(2, Double.class)).isEqualTo(3.0);
    }

    @Test
    void numbersBeyondSixtyFourBitsStayExact() {
        BigInteger large = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
        assertThat(result(large).as(BigInteger.class)).isEqualTo(large);
        assertThat(CONVERSION.write(Args.of(large)).positional()).containsExactly(large);
    }

    @Test
    void objectsTravelBothWaysWithTheirBytes() {
        Part part = new Part("wheel", new byte[] {1, 0, -1}, List.of(Color.RED));
        Arguments written = CONVERSION.write(Args.of(part, new byte[] {5}));
        Map<?, ?> map = (Map<?, ?>) written.positional().getFirst();
        assertThat(map.get("picture")).isEqualTo(new byte[] {1, 0, -1});
        assertThat(map.get("colors")).isEqualTo(List.of("RED"));
        assertThat(written.positional().get(1)).isEqualTo(new byte[] {5});

        Part read = new Result(written, CONVERSION).as(Part.class);
        assertThat(read.name()).isEqualTo("wheel");
        assertThat(read.picture()).containsExactly(1, 0, -1);
        assertThat(read.colors()).containsExactly(Color.RED);
    }

    record Reading(Optional<String> unit, Instant time, LocalDate day, Duration age, BigDecimal value) {}

    @Test
    void optionalsTimesAndDecimalsTravelBothWays() {
        Instant noon = Instant.parse("2026-11-21T12:00:00Z");
        Reading reading = new Reading(
                Optional.empty(), noon, LocalDate.of(2026, 11, 21), Duration.ofSeconds(90), new BigDecimal("12.34"));
        Arguments written = CONVERSION.write(Args.of(reading, Optional.of("C"), Optional.empty(), noon));
        Map<?, ?> map = (Map<?, ?>) written.positional().getFirst();
        assertThat(map.get("unit")).isNull();
        assertThat(map.get("time")).isEqualTo("2026-11-21T12:00:00Z");
        assertThat(map.get("day")).isEqualTo("2026-11-21");
        assertThat(map.get("age")).isEqualTo("PT1M30S");
        assertThat(map.get("value")).isEqualTo(new BigDecimal("12.34"));
        assertThat(written.positional().subList(1, 4)).containsExactly("C", null, "2026-11-21T12:00:00Z");

        Result read = new Result(written, CONVERSION);
        assertThat(read.as(Reading.class)).isEqualTo(reading);
        assertThat(read.argument(1, new TypeReference<Optional<String>>() {})).contains("C");
        assertThat(read.argument(2, new TypeReference<Optional<String>>() {})).isEmpty();
        assertThat(read.argument(3, Instant.class)).isEqualTo(noon);
    }

    @Test
    void singlePrecisionNumbersKeepTheirDigits() {
        assertThat(CONVERSION.write(Args.of(0.1f)).positional()).containsExactly(0.1f);
    }

    @Test
    void listsAndMapsOfACertainTypeAreRead() {
        Result result = result(List.of(1L, 2L), Map.of("a", 1L));
        assertThat(result.as(new TypeReference<List<Integer>>() {})).containsExactly(1, 2);
        assertThat(result.argument(1, new TypeReference<Map<String, Double>>() {}))
                .containsExactly(Map.entry("a", 1.0));
    }

    @Test
    void unknownPropertiesAreIgnored() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", "wheel");
        map.put("weight", 3L);
        assertThat(result(map).as(Part.class).name()).isEqualTo("wheel");
    }

    @Test
    void valuesOfAnotherTypeAreNamed() {
        assertUnfit(() -> result("seven").argument(0, Integer.class), "argument 0 is not of type Integer but a String");
        assertUnfit(() -> result("7").argument(0, Integer.class), "argument 0 is not of type Integer but a String");
        assertUnfit(() -> result(7.5).argument(0, Integer.class), "argument 0 is not of type Integer but a Double");
        assertUnfit(() -> result(1L << 40).argument(0, Integer.class), "argument 0 is not of type Integer but a Long");
        assertUnfit(() -> result().argument(0, Integer.class), "argument 0 is missing, expected Integer");
        assertUnfit(() -> result(new Object[] {null}).argument(0, String.class), "argument 0 is missing");
        assertUnfit(() -> result().keyword("size", Long.class), "keyword argument 'size' is missing, expected Long");
    }

    @Test
    void absentValuesAreOptional() {
        Result result = new Result(new Arguments(Arrays.asList(null, "x"), Map.of("size", 3L)), CONVERSION);
        assertThat(result.optionalArgument(0, String.class)).isEmpty();
        assertThat(result.optionalArgument(1, String.class)).contains("x");
        assertThat(result.optionalArgument(2, String.class)).isEmpty();
        assertThat(result.optionalKeyword("size", Integer.class)).contains(3);
        assertThat(result.optionalKeyword("color", Color.class)).isEmpty();
        assertThat(result.arguments()).containsExactly(null, "x");
        assertThat(result.keywords()).containsExactly(Map.entry("size", 3L));
    }

    private static Result result(Object... positional) {
        return new Result(Arguments.of(positional), CONVERSION);
    }

    private static void assertUnfit(Runnable read, String text) {
        assertThatThrownBy(read::run).isInstanceOfSatisfying(WampException.class, failure -> {
            assertThat(failure.uri()).isEqualTo("wamp.error.invalid_argument");
            assertThat(failure).hasMessageContaining(text);
        });
    }
}
