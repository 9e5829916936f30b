package io.junctor.router.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternMapTest {
    /** Looking at all parts of every pattern takes long. */
    private static final int COVERED_EVERY = 20;

    private record Key(String pattern, MatchPolicy match) {}

    private final PatternMap<String> map = new PatternMap<>();

    @Test
    void prefixIsOfTheTextAndNotOfParts() {
        put("a.b", MatchPolicy.PREFIX);
        assertThat(List.of("a.b", "a.b.c", "a.b-c", "a.bc"))
                .allMatch(uri -> matches(uri).equals(List.of("prefix a.b")));
        assertThat(List.of("a", "a.c", "b.a.b")).allMatch(uri -> matches(uri).isEmpty());
    }

    @Test
    void emptyPrefixMatchesEverything() {
        put("", MatchPolicy.PREFIX);
        assertThat(matches("a.b.c")).containsExactly("prefix ");
    }

    @Test
    void wildcardsMatchPartByPart() {
        put("a..c", MatchPolicy.WILDCARD);
        put("..", MatchPolicy.WILDCARD);
        put("", MatchPolicy.WILDCARD);
        assertThat(matches("a.b.c")).containsExactly("wildcard a..c", "wildcard ..");
        assertThat(matches("a.b.d")).containsExactly("wildcard ..");
        assertThat(matches("a.b.c.d")).isEmpty();
        assertThat(matches("a.c")).isEmpty();
        assertThat(matches("a")).containsExactly("wildcard ");
    }

    @Test
    void samePatternUnderEachPolicyIsAnotherEntry() {
        put("a.b", MatchPolicy.EXACT);
        put("a.b", MatchPolicy.PREFIX);
        put("a.b", MatchPolicy.WILDCARD);
        assertThat(map.size()).isEqualTo(3);
        assertThat(matches("a.b")).containsExactly("exact a.b", "prefix a.b", "wildcard a.b");
        map.remove(new Uri("a.b"), MatchPolicy.PREFIX);
        assertThat(matches("a.b")).containsExactly("exact a.b", "wildcard a.b");
        assertThat(map.get(new Uri("a.b"), MatchPolicy.PREFIX)).isNull();
    }

    @Test
    void exactGoesBeforePrefixesAndLongerOnesFirst() {
        put("a1.b2..d4.e5", MatchPolicy.WILDCARD);
        assertThat(best("a1.b2.c3.d4.e5")).isEqualTo("wildcard a1.b2..d4.e5");
        put("a1", MatchPolicy.PREFIX);
        put("a1.b2.c3", MatchPolicy.PREFIX);
        assertThat(best("a1.b2.c3.d4.e5")).isEqualTo("prefix a1.b2.c3");
        assertThat(best("a1.b2.c33.d4.e5")).isEqualTo("prefix a1.b2.c3");
        put("a1.b2.c3.d4.e5", MatchPolicy.EXACT);
        assertThat(best("a1.b2.c3.d4.e5")).isEqualTo("exact a1.b2.c3.d4.e5");
        assertThat(best("b")).isNull();
    }

    @Test
    void wildcardWithTheLongerLiteralRunFromTheLeftGoesFirst() {
        put("a1.b2..d4..f6.g7", MatchPolicy.WILDCARD);
        put("a1.b2..d4.e5..g7", MatchPolicy.WILDCARD);
        put("a1.b2..d4.e5", MatchPolicy.WILDCARD);
        put("a1.b2.c33..e5", MatchPolicy.WILDCARD);
        assertThat(best("a1.b2.c88.d4.e5.f6.g7")).isEqualTo("wildcard a1.b2..d4.e5..g7");
        assertThat(best("a1.b2.c33.d4.e5")).isEqualTo("wildcard a1.b2.c33..e5");
        assertThat(best("a1.b2.c34.d4.e5")).isEqualTo("wildcard a1.b2..d4.e5");
    }

    @Test
    void aPatternOfEmptyPartsIsCoveredByFewSteps() {
        put("a" + ".".repeat(60), MatchPolicy.WILDCARD);
        put(".".repeat(59) + ".a", MatchPolicy.WILDCARD);
        assertThat(covering(".".repeat(60), MatchPolicy.WILDCARD)).isEmpty();
    }

    @Test
    void patternOfManyPartsIsFound() {
        String pattern = ".".repeat(200_000);
        put(pattern, MatchPolicy.WILDCARD);
        assertThat(best("a" + ".a".repeat(200_000))).isNotNull();
        map.remove(new Uri(pattern), MatchPolicy.WILDCARD);
        assertThat(map.size()).isZero();
    }

    @Test
    void aLookUpTakesAsManyStepsAsThereAreShapes() {
        for (int i = 0; i < 10_000; i++) {
            put("a..x" + i, MatchPolicy.WILDCARD);
        }
        put("..x1", MatchPolicy.WILDCARD);
        assertThat(shapes("a..x1", "b..x2", "..x3", "a.b.")).isEqualTo(3);
        assertThat(matches("a.b.x77")).containsExactly("wildcard a..x77");
        assertThat(matches("a.b.x1")).containsExactly("wildcard a..x1", "wildcard ..x1");
    }

    @Test
    void deadEndsAreBoundedByTheShapesThatAreAllowed() {
        int put = 0;
        for (int i = 0; i < 65_536; i++) {
            Uri pattern = new Uri(deadEnd(i));
            long owner = 1L + i % 100;
            if (map.hasRoom(pattern, MatchPolicy.WILDCARD, owner, 512, 32)) {
                map.put(pattern, MatchPolicy.WILDCARD, pattern.text(), owner);
                put++;
            }
        }
        assertThat(put).isEqualTo(512);
        Uri first = new Uri(deadEnd(0));
        assertThat(map.hasRoom(first, MatchPolicy.WILDCARD, 5, 512, 32)).isTrue();
        map.remove(first, MatchPolicy.WILDCARD);
        assertThat(map.hasRoom(new Uri(deadEnd(65_535)), MatchPolicy.WILDCARD, 200, 512, 32))
                .isTrue();
    }

    @Test
    void oneOwnerHasOnlySoManyShapes() {
        for (int i = 0; i < 32; i++) {
            map.put(new Uri(deadEnd(i)), MatchPolicy.WILDCARD, "value", 7);
        }
        Uri next = new Uri(deadEnd(32));
        assertThat(map.hasRoom(next, MatchPolicy.WILDCARD, 7, 512, 32)).isFalse();
        assertThat(map.hasRoom(next, MatchPolicy.WILDCARD, 8, 512, 32)).isTrue();
        assertThat(map.hasRoom(next, MatchPolicy.PREFIX, 7, 512, 32)).isTrue();
        map.remove(new Uri(deadEnd(0)), MatchPolicy.WILDCARD);
        assertThat(map.hasRoom(next, MatchPolicy.WILDCARD, 7, 512, 32)).isTrue();
    }

    @Test
    void urisOfEqualHashAreOrdered() {
        // A hash map walks a bin of equal hashes one by one unless its keys say which is less.
        assertThat(new Uri("Aa")).hasSameHashCodeAs(new Uri("BB")).isLessThan(new Uri("BB"));
    }

    /** Of 16 parts, each empty or not as the bits of {@code i} say, and one that no URI has. */
    private static String deadEnd(int i) {
        StringBuilder pattern = new StringBuilder();
        for (int bit = 0; bit < 16; bit++) {
            pattern.append((i >> bit & 1) == 0 ? "a." : ".");
        }
        return pattern + "z";
    }

    private static int shapes(String... patterns) {
        WildcardTable<String> wildcards = new WildcardTable<>();
        for (String pattern : patterns) {
            wildcards.put(pattern, pattern, 0);
        }
        return wildcards.shapes();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20261121, 987654321})
    void itFindsWhatALookAtEveryPatternFinds(long seed) {
        System.out.println("PatternMapTest seed " + seed);
        Random random = new Random(seed);
        Map<Key, String> model = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            MatchPolicy match = MatchPolicy.values()[random.nextInt(3)];
            Key key = new Key(randomPattern(random, match), match);
            if (model.containsKey(key)) {
                map.remove(new Uri(key.pattern), match);
                model.remove(key);
            } else {
                model.put(key, put(key.pattern, match));
            }
            String uri = randomUri(random);
            assertThat(matches(uri)).containsExactlyInAnyOrderElementsOf(naively(model, uri));
            assertThat(best(uri)).isEqualTo(bestOf(naively(model, uri)));
            assertThat(map.get(new Uri(key.pattern), match)).isEqualTo(model.get(key));
            if (i % COVERED_EVERY == 0) {
                Key asked = new Key(randomPattern(random, match), match);
                assertThat(covering(asked.pattern, match)).containsExactlyInAnyOrderElementsOf(covering(model, asked));
            }
        }
        assertThat(map.size()).isEqualTo(model.size());
    }

    private String put(String pattern, MatchPolicy match) {
        String value = match.wire() + " " + pattern;
        map.put(new Uri(pattern), match, value);
        return value;
    }

    private List<String> matches(String uri) {
        List<String> found = new ArrayList<>();
        map.forEachMatch(new Uri(uri), found::add);
        return found;
    }

    private List<String> covering(String pattern, MatchPolicy match) {
        List<String> found = new ArrayList<>();
        map.forEachCovering(new Uri(pattern), match, found::add);
        return found;
    }

    private String best(String uri) {
        return map.best(new Uri(uri));
    }

    private static List<String> naively(Map<Key, String> model, String uri) {
        return model.entrySet().stream()
                .filter(entry -> matchesNaively(entry.getKey(), uri))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static boolean matchesNaively(Key key, String uri) {
        return switch (key.match) {
            case EXACT -> uri.equals(key.pattern);
            case PREFIX -> uri.startsWith(key.pattern);
            case WILDCARD ->
                uri.matches(Stream.of(key.pattern.split("\\.", -1))
                        .map(part -> part.isEmpty() ? "[^.]+" : part)
                        .reduce((one, other) -> one + "\\." + other)
                        .orElseThrow());
        };
    }

    private static List<String> covering(Map<Key, String> model, Key asked) {
        return model.entrySet().stream()
                .filter(entry -> coversNaively(entry.getKey(), asked))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static boolean coversNaively(Key key, Key asked) {
        return switch (key.match) {
            case EXACT -> key.equals(asked);
            case PREFIX -> sureStart(asked).startsWith(key.pattern);
            case WILDCARD -> asked.match != MatchPolicy.PREFIX && coversParts(key, asked);
        };
    }

    private static String sureStart(Key asked) {
        return asked.match == MatchPolicy.WILDCARD
                ? asked.pattern.replaceFirst("^[.].*|^$|[.][.].*|[.]$", asked.pattern.matches("[.].*|") ? "" : ".")
                : asked.pattern;
    }

    private static boolean coversParts(Key key, Key asked) {
        String[] parts = key.pattern.split("\\.", -1);
        String[] others = asked.pattern.split("\\.", -1);
        return parts.length == others.length
                && IntStream.range(0, parts.length).allMatch(i -> parts[i].isEmpty() || parts[i].equals(others[i]));
    }

    /** By the text of the values: exact, then the longest prefix, then the wildcard with a literal at the first difference. */
    private static String bestOf(List<String> matching) {
        return matching.stream()
                .min((one, other) -> {
                    int policies = one.substring(0, 1).compareTo(other.substring(0, 1));
                    if (policies != 0) {
                        return policies;
                    }
                    return one.startsWith("prefix") ? other.length() - one.length() : compareParts(one, other);
                })
                .orElse(null);
    }

    private static int compareParts(String one, String other) {
        String[] first = one.substring("wildcard ".length()).split("\\.", -1);
        String[] second = other.substring("wildcard ".length()).split("\\.", -1);
        for (int i = 0; i < first.length; i++) {
            if (first[i].isEmpty() != second[i].isEmpty()) {
                return first[i].isEmpty() ? 1 : -1;
            }
        }
        return 0;
    }

    private static String randomUri(Random random) {
        StringBuilder uri = new StringBuilder(part(random));
        for (int parts = random.nextInt(4); parts > 0; parts--) {
            uri.append('.').append(part(random));
        }
        return uri.toString();
    }

    private static String randomPattern(Random random, MatchPolicy match) {
        String uri = randomUri(random);
        return switch (match) {
            case EXACT -> uri;
            case PREFIX -> uri.substring(0, random.nextInt(uri.length() + 1));
            case WILDCARD ->
                Stream.of(uri.split("\\.", -1))
                        .map(part -> random.nextBoolean() ? part : "")
                        .reduce((one, other) -> one + "." + other)
                        .orElseThrow();
        };
    }

    private static String part(Random random) {
        return List.of("a", "ab", "b", "ba", "abc").get(random.nextInt(5));
    }
}
