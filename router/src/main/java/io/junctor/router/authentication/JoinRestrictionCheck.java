package io.junctor.router.authentication;

import io.junctor.router.config.listener.JoinRestriction;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.JoinRefused;
import io.junctor.wamp.value.WampError;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Refuses joins that the restriction of a listener or path does not allow. Stateless. */
public final class JoinRestrictionCheck {
    private static final String ANONYMOUS = "anonymous";

    private JoinRestrictionCheck() {}

    /** The reason, for the log, why a realm cannot be joined here; null if it can. The client only learns that the realm does not exist. */
    public static @Nullable String realmProblem(JoinRestriction joins, JoinableRealm realm) {
        return joins.allowsRealm(realm.family())
                ? null
                : "realm " + realm.name() + " is not among the realms of the listener or path: "
                        + sorted(joins.realms());
    }

    /** The authentication methods of a {@code HELLO} that may be used here; a client that offers none is anonymous. */
    public static List<String> methods(JoinRestriction joins, List<String> offered) {
        List<String> names = offered.isEmpty() ? List.of(ANONYMOUS) : offered;
        return names.stream().filter(joins::allowsMethod).toList();
    }

    /** The refusal of a client that offers no method that may be used here. */
    public static JoinRefused noMethod(JoinRestriction joins, List<String> offered) {
        boolean isAnonymous = offered.isEmpty() || offered.contains(ANONYMOUS);
        return JoinRefused.of(
                isAnonymous ? WampError.AUTHENTICATION_REQUIRED : WampError.NO_MATCHING_AUTH_METHOD,
                "clients of this listener must authenticate by one of: " + sorted(joins.authmethods()));
    }

    /** The refusal of a session whose role is not allowed here, or null. */
    static @Nullable JoinRefused roleRefusal(JoinRestriction joins, String role) {
        return joins.allowsRole(role)
                ? null
                : JoinRefused.of(
                        WampError.NOT_AUTHORIZED, "sessions of role '" + role + "' may not be opened by this listener");
    }

    /** The names of all authentication methods that a restriction may list. */
    public static List<String> methodNames() {
        return Stream.of(AuthMethod.values()).map(AuthMethod::wire).toList();
    }

    private static String sorted(Set<String> names) {
        return names.stream().sorted().collect(Collectors.joining(", "));
    }
}
