package io.junctor.router.authentication;

import io.junctor.router.authentication.method.AuthenticationContext;
import io.junctor.router.authentication.method.AuthenticationFlow;
import io.junctor.router.config.auth.AuthConfig;
import io.junctor.router.config.auth.AuthMethodConfig;
import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.Authenticator;
import io.junctor.router.spi.JoinRefused;
import io.junctor.wamp.value.WampError;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Selects the authentication method for a client, of those that a realm or a realm template offers. Thread-safe. */
public final class AuthenticationMethods {
    private static final String ANONYMOUS = "anonymous";

    /** A method with the flow that carries it out. */
    private record Method(AuthMethodConfig offer, AuthenticationFlow flow) {}

    private final AuthConfig config;
    private final Map<AuthMethod, Method> methods = new EnumMap<>(AuthMethod.class);

    /** The methods of {@code config}; {@code authenticators} finds the authenticator of each. */
    public AuthenticationMethods(
            AuthConfig config, Function<AuthSource, Authenticator> authenticators, AuthenticationContext tools) {
        this.config = config;
        for (AuthMethodConfig offer : config.offers()) {
            AuthenticationFlow flow = AuthenticationFlow.of(offer, authenticators.apply(offer.source()), tools);
            methods.put(offer.method(), new Method(offer, flow));
        }
    }

    /**
     * The authentication methods that a client offers. If the client offers none, has an operating system account, and the realm admits no
     * anonymous sessions, the client is authenticated by this account.
     */
    public List<String> named(List<String> offered, boolean hasAccount) {
        return offered.isEmpty() && hasAccount && methods.containsKey(AuthMethod.UNIX)
                ? List.of(ANONYMOUS, AuthMethod.UNIX.wire())
                : offered;
    }

    /**
     * Selects the first method of the client's list that the realm offers; a client without a list is anonymous (section "Authentication").
     */
    public MethodSelection admit(JoinableRealm realm, List<String> offered, ConnectionSecurity link) {
        List<String> names = offered.isEmpty() ? List.of(ANONYMOUS) : offered;
        for (String name : names) {
            MethodSelection admission = select(realm, name, link);
            if (admission != null) {
                return admission;
            }
        }
        return new MethodSelection.Refused(refusal(realm, names, link));
    }

    private JoinRefused refusal(JoinableRealm realm, List<String> names, ConnectionSecurity link) {
        List<String> encryptedOnly = link.isPlain()
                ? names.stream()
                        .filter(name -> select(realm, name, link.encrypted()) != null)
                        .toList()
                : List.of();
        if (!encryptedOnly.isEmpty()) {
            return JoinRefused.of(
                    WampError.NO_MATCHING_AUTH_METHOD,
                    "authmethod " + shown(encryptedOnly) + " sends the secret itself: it needs an encrypted connection"
                            + " (wss://), or one that does not leave the router's machine");
        }
        if (!link.hasAccount() && names.contains(AuthMethod.UNIX.wire()) && methods.containsKey(AuthMethod.UNIX)) {
            return JoinRefused.of(
                    WampError.NO_MATCHING_AUTH_METHOD,
                    "authmethod unix needs a connection by a Unix domain socket of the router, without a proxy");
        }
        if (names.contains(ANONYMOUS)) {
            return JoinRefused.of(
                    WampError.AUTHENTICATION_REQUIRED,
                    "realm '" + realm.name() + "' admits no anonymous sessions; authmethods of HELLO: " + shown(names));
        }
        return JoinRefused.of(
                WampError.NO_MATCHING_AUTH_METHOD,
                "realm '" + realm.name() + "' offers none of the authmethods of HELLO: " + shown(names));
    }

    private static String shown(List<String> names) {
        return HelloSummary.shown(String.join(", ", names));
    }

    private @Nullable MethodSelection select(JoinableRealm realm, String name, ConnectionSecurity link) {
        String anonymousRole = config.anonymousRole(link.isOnLoopback());
        if (name.equals(ANONYMOUS) && anonymousRole != null) {
            return new MethodSelection.Anonymous(realm, anonymousRole);
        }
        AuthMethod method = AuthMethod.of(name);
        Method found = method == null ? null : methods.get(method);
        boolean isLeftOut = (method == AuthMethod.UNIX && !link.hasAccount())
                || (found != null && link.isPlain() && sendsPlainSecret(found.offer()));
        return found == null || isLeftOut
                ? null
                : new MethodSelection.Authenticated(realm, found.offer(), found.flow());
    }

    private static boolean sendsPlainSecret(AuthMethodConfig offer) {
        return offer.method().sendsSecret() && !offer.overPlain();
    }
}
