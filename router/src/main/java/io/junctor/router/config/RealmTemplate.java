package io.junctor.router.config;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of realms that differ only in their names and exist only while they have sessions.
 *
 * @param realm the configuration of these realms; its name contains <code>{name}</code>, which stands for 1 to 64 letters, digits,
 *     {@code -} and {@code _}
 * @param most the maximum number of these realms at a time
 * @param idle how long a realm exists after its last session has ended; its retained events and its histories end with the realm
 */
public record RealmTemplate(RealmConfig realm, int most, Duration idle) {
    /** The placeholder in the name of a template. */
    public static final String NAME = "{name}";
    /** The maximum number of realms if the configuration sets none. */
    public static final int DEFAULT_MOST = 1_000;
    /** The idle time if the configuration sets none. */
    public static final Duration DEFAULT_IDLE = Duration.ofMinutes(10);

    private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** Checks the name and the limits. */
    public RealmTemplate {
        if (!isPattern(realm.name())) {
            throw new IllegalArgumentException("the name of a template needs " + NAME + " once");
        }
        if (most < 1 || !idle.isPositive()) {
            throw new IllegalArgumentException("a template needs room for a realm, and a time that it stays");
        }
    }

    /** A template for at most 1,000 realms, which exist for 10 minutes after their last session. */
    public static RealmTemplate of(RealmConfig realm) {
        return new RealmTemplate(realm, DEFAULT_MOST, DEFAULT_IDLE);
    }

    /** Whether {@code name} is a valid name of a template: it contains <code>{name}</code> once, and no other braces. */
    public static boolean isPattern(String name) {
        int at = name.indexOf(NAME);
        return at >= 0 && isPlain(name.substring(0, at)) && isPlain(name.substring(at + NAME.length()));
    }

    /** Whether {@code name} is free of braces. */
    public static boolean isPlain(String name) {
        return name.indexOf('{') < 0 && name.indexOf('}') < 0;
    }

    /** The configuration of the realm {@code name} by this template; null if the template does not match the name. */
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
