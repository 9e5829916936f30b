package io.junctor.router.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RealmTemplateTest {
    private static RealmTemplate template(String name) {
        return RealmTemplate.of(RealmConfig.open(name));
    }

    @Test
    void nameStandsForOnePart() {
        RealmTemplate template = template("com.{name}.shop");

        assertThat(Objects.requireNonNull(template.named("com.acme-1_A.shop")).name())
                .isEqualTo("com.acme-1_A.shop");
        assertThat(template.named("com.acme-1_A.shop")).isEqualTo(RealmConfig.open("com.acme-1_A.shop"));
        for (String other : List.of(
                "com..shop",
                "com.shop",
                "com.a.b.shop",
                "com.a.shop.",
                "com.a b.shop",
                "com.{name}.shop",
                "shop",
                "")) {
            assertThat(template.named(other)).as(other).isNull();
        }
    }

    @Test
    void nameMayBeAllThereIs() {
        assertThat(template("{name}").named("a")).isEqualTo(RealmConfig.open("a"));
        assertThat(template("{name}").named("a".repeat(65))).isNull();
    }

    @Test
    void templateNeedsOneNameAndRoom() {
        for (String name : List.of("a", "{name}{name}", "{name}.{authid}", "{nam}")) {
            assertThatThrownBy(() -> template(name)).isInstanceOf(IllegalArgumentException.class);
        }
        RealmConfig realm = RealmConfig.open("{name}");
        assertThatThrownBy(() -> new RealmTemplate(realm, 0, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RealmTemplate(realm, 1, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void configurationKnowsTheNamesThatCouldBeJoined() {
        RouterConfig.Builder builder =
                RouterConfig.builder().realm(RealmConfig.open("a")).template(template("tenant-{name}"));
        RouterConfig config = builder.build();

        assertThat(config.hasRealm("a")).isTrue();
        assertThat(config.hasRealm("tenant-b")).isTrue();
        assertThat(config.hasRealm("b")).isFalse();
        assertThat(config.hasRealm("tenant-{name}")).isFalse();
        assertThatThrownBy(() -> builder.template(template("tenant-{name}")).build())
                .hasMessageContaining("same name");
    }
}
