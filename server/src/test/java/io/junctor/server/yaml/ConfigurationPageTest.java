package io.junctor.server.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RealmLimits;
import io.junctor.router.config.RealmSharing;
import io.junctor.router.config.RouterLimits;
import io.junctor.router.config.listener.ListenerLimits;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {

    @Test
    void pageHasEveryKeyAndNoOther() throws IOException {
        Map<String, Map<String, ConfigurationPage.Row>> page = ConfigurationPage.read();
        Map<String, Map<String, SectionType.Key>> known = KnownKeys.bySection();

        assertThat(page.keySet()).containsExactlyInAnyOrderElementsOf(known.keySet());
        known.forEach(
                (path, keys) -> assertThat(page.get(path).keySet()).as(path).containsExactlyElementsOf(keys.keySet()));
    }

    @Test
    void pageHasTheDefaultsThatHold() throws IOException {
        Map<String, Map<String, ConfigurationPage.Row>> page = ConfigurationPage.read();

        KnownKeys.bySection()
                .forEach((path, keys) -> keys.forEach(
                        (name, key) -> assertThat(holds(page.get(path).get(name).fallback(), key))
                                .as(path + " " + name)
                                .isTrue()));
    }

    private static boolean holds(String fallback, SectionType.Key key) {
        if (key.isRequired()) {
            return fallback.equals("none");
        }
        return switch (fallback) {
            case "nothing" -> key.defaultValue() == null;
            case "all defaults" ->
                List.of(ListenerLimits.DEFAULT, RealmLimits.DEFAULT, RouterLimits.DEFAULT, RealmSharing.DEFAULT)
                        .contains(key.defaultValue());
            // RouterSection adds it, see ConfigFileTest.
            case "one listener with all defaults" -> key.name().equals("listen") && key.defaultValue() == null;
            default -> key.defaultValue().equals(read(fallback, key.type()));
        };
    }

    private static Object read(String text, ValueType<?> type) {
        return type.read(YamlParser.parse(text, new DiagnosticCollector("page", Map.of())));
    }

    @Test
    void limitsAreSpelledAsTheirRecordsSpellThem() {
        Map<String, Map<String, SectionType.Key>> known = KnownKeys.bySection();

        assertThat(known.get("limits").keySet()).containsExactlyElementsOf(spelled(RouterLimits.class));
        assertThat(known.get("listen[].limits").keySet()).containsExactlyElementsOf(spelled(ListenerLimits.class));
        assertThat(known.get("realms.NAME.limits").keySet()).containsExactlyElementsOf(spelled(RealmLimits.class));
    }

    private static List<String> spelled(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .flatMap(component -> component.getType().isRecord()
                        ? spelled(component.getType().asSubclass(Record.class)).stream()
                        : Stream.of(
                                component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT)))
                .toList();
    }
}
