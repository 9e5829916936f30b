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

/** Immutable. The methods by which clients of one realm, or of those of one template, may say who they are. */
public final class AuthenticationMethods {
    private static final String ANONYMOUS = "anonymous";
    private static final JoinRefused NO_ANONYMOUS =
            JoinRefused.of(WampError.AUTHENTICATION_REQUIRED, "this realm admits no anonymous sessions");
    private static final JoinRefused NO_METHOD =
            JoinRefused.of(WampError.NO_MATCHING_AUTH_METHOD, "this realm offers none of the authmethods of HELLO");

    /** A method with its examination. */
    private record Counter(AuthMethodConfig offer, AuthenticationFlow exam) {}

    private final @Nullable String anonymousRole;
    private final Map<AuthMethod, Counter> counters = new EnumMap<>(AuthMethod.class);

    /** A desk with these methods; {@code authenticators} finds who knows the clients of an offer. */
    public AuthenticationMethods(
            AuthConfig config, Function<AuthMethodConfig, Authenticator> authenticators, AuthenticationContext tools) {
        this.anonymousRole = config.anonymousRole();
        for (AuthMethodConfig offer : config.offers()) {
            AuthenticationFlow exam = AuthenticationFlow.of(offer, authenticators.apply(offer), tools);
            counters.put(offer.method(), new Counter(offer, exam));
        }
    }

    /** Section "Authentication": the first method of the client's list that the realm offers; no list means anonymous. */
    public MethodSelection admit(JoinableRealm site, List<String> offered, boolean inTheOpen) {
        List<String> methods = offered.isEmpty() ? List.of(ANONYMOUS) : offered;
        for (String name : methods) {
            MethodSelection admission = admit(site, name, inTheOpen);
            if (admission != null) {
                return admission;
            }
        }
        return new MethodSelection.Turned(methods.contains(ANONYMOUS) ? NO_ANONYMOUS : NO_METHOD);
    }

    private @Nullable MethodSelection admit(JoinableRealm site, String name, boolean inTheOpen) {
        if (name.equals(ANONYMOUS)) {
            return anonymousRole == null ? null : new MethodSelection.Anonymous(site, anonymousRole);
        }
        AuthMethod method = AuthMethod.of(name);
        Counter counter = method == null ? null : counters.get(method);
        return counter == null || (inTheOpen && isExposed(counter.offer()))
                ? null
                : new MethodSelection.Examined(site, counter.offer(), counter.exam());
    }

    private static boolean isExposed(AuthMethodConfig offer) {
        return offer.method().sendsSecret() && !offer.overPlain();
    }
}
