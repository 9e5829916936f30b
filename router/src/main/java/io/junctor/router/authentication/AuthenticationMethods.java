package io.junctor.router.authentication;

import io.junctor.router.authentication.method.AuthenticationContext;
import io.junctor.router.authentication.method.AuthenticationFlow;
import io.junctor.router.config.AuthConfig;
import io.junctor.router.config.AuthMethodConfig;
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
    private static final JoinRefused NO_ANONYMOUS =
            JoinRefused.of(WampError.AUTHENTICATION_REQUIRED, "this realm admits no anonymous sessions");
    private static final JoinRefused NO_METHOD =
            JoinRefused.of(WampError.NO_MATCHING_AUTH_METHOD, "this realm offers none of the authmethods of HELLO");

    /** A method with the flow that carries it out. */
    private record Method(AuthMethodConfig offer, AuthenticationFlow flow) {}

    private final @Nullable String anonymousRole;
    private final Map<AuthMethod, Method> methods = new EnumMap<>(AuthMethod.class);

    /** The methods of {@code config}; {@code authenticators} finds the authenticator of each. */
    public AuthenticationMethods(
            AuthConfig config, Function<AuthMethodConfig, Authenticator> authenticators, AuthenticationContext tools) {
        this.anonymousRole = config.anonymousRole();
        for (AuthMethodConfig offer : config.offers()) {
            AuthenticationFlow flow = AuthenticationFlow.of(offer, authenticators.apply(offer), tools);
            methods.put(offer.method(), new Method(offer, flow));
        }
    }

    /**
     * Section "Authentication": selects the first method of the client's list that the realm offers; no list means
     * anonymous.
     */
    public MethodSelection admit(JoinableRealm realm, List<String> offered, boolean isPlain) {
        List<String> names = offered.isEmpty() ? List.of(ANONYMOUS) : offered;
        for (String name : names) {
            MethodSelection admission = admit(realm, name, isPlain);
            if (admission != null) {
                return admission;
            }
        }
        return new MethodSelection.Refused(names.contains(ANONYMOUS) ? NO_ANONYMOUS : NO_METHOD);
    }

    private @Nullable MethodSelection admit(JoinableRealm realm, String name, boolean isPlain) {
        if (name.equals(ANONYMOUS)) {
            return anonymousRole == null ? null : new MethodSelection.Anonymous(realm, anonymousRole);
        }
        AuthMethod method = AuthMethod.of(name);
        Method found = method == null ? null : methods.get(method);
        return found == null || (isPlain && sendsPlainSecret(found.offer()))
                ? null
                : new MethodSelection.Authenticated(realm, found.offer(), found.flow());
    }

    private static boolean sendsPlainSecret(AuthMethodConfig offer) {
        return offer.method().sendsSecret() && !offer.overPlain();
    }
}
