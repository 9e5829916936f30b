package io.junctor.router.config;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of realms that differ only in their names and exist only while they have sessions.
 *
 * @param realm what they are like; a part of its name is <code>{name}</code>, which stands for 1 to 64 letters, digits, {@code -} and
 *     {@code _}
 * @param most how many of them exist at a time
 * @param idle how long one stays after its last session; what it retained and its history end with it
 */
public record RealmTemplate(RealmConfig realm, int most, Duration idle) {
    /** What stands in the name for that which differs. */
    public static final String NAME = "{name}";
    /** As many as there are where nothing else is said. */
    public static final int DEFAULT_MOST = 1_000;
    /** As long as they stay where nothing else is said. */
    public static final Duration DEFAULT_IDLE = Duration.ofMinutes(10);

    private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** Checks name and limits. */
    public RealmTemplate {
        if (!isPattern(realm.name())) {
            throw new IllegalArgumentException("the name of a template needs " + NAME + " once");
        }
        if (most < 1 || !idle.isPositive()) {
            throw new IllegalArgumentException("a template needs room for a realm, and a time that it stays");
        }
    }

    /** At most 1,000 realms like {@code realm}, which stay for 10 minutes. */
    public static RealmTemplate of(RealmConfig realm) {
        return new RealmTemplate(realm, DEFAULT_MOST, DEFAULT_IDLE);
    }

    /** Whether {@code name} is that of a template: it has <code>{name}</code> once, and no other braces. */
    public static boolean isPattern(String name) {
        int at = name.indexOf(NAME);
        return at >= 0 && isPlain(name.substring(0, at)) && isPlain(name.substring(at + NAME.length()));
    }

    /** Whether {@code name} is free of braces. */
    public static boolean isPlain(String name) {
        return name.indexOf('{') < 0 && name.indexOf('}') < 0;
    }

    /** The realm of this kind that is called so; null where {@code name} does not fit. */
    public @Nullable RealmConfig named(String name) {
        int at = realm.name().indexOf(NAME);
        String before = realm.name().substring(0, at);
        String after = realm.name().substring(at + NAME.length());
        boolean fits = name.length() > before.length() + after.length()
                && name.startsWith(before)
                && name.endsWith(after)
                && NAMES.matcher(name.substring(before.length(), name.length() - after.length()))
                        .matches();
        return fits ? realm.toBuilder().name(name).build() : null;
    }
}
