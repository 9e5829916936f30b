package io.junctor.router.realm;

import io.junctor.router.auth.Authenticator;
import io.junctor.router.auth.Exam;
import io.junctor.router.auth.Method;
import io.junctor.router.auth.Offer;
import io.junctor.router.auth.Refused;
import io.junctor.router.auth.Toolbox;
import io.junctor.router.config.AuthConfig;
import io.junctor.wamp.value.WampError;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Immutable. The methods by which clients of one realm may say who they are. */
final class Desk {
    private static final String ANONYMOUS = "anonymous";
    private static final Refused NO_ANONYMOUS =
            Refused.of(WampError.AUTHENTICATION_REQUIRED, "this realm admits no anonymous sessions");
    private static final Refused NO_METHOD =
            Refused.of(WampError.NO_MATCHING_AUTH_METHOD, "this realm offers none of the authmethods of HELLO");

    private final Realm realm;
    private final @Nullable String anonymousRole;
    private final Map<Method, Admission.Examined> exams = new EnumMap<>(Method.class);

    /** The desk of {@code realm}; {@code authenticators} finds who knows the clients of an offer. */
    Desk(Realm realm, Function<Offer, Authenticator> authenticators, Toolbox tools) {
        AuthConfig config = realm.config().auth();
        this.realm = realm;
        this.anonymousRole = config.anonymousRole();
        for (Offer offer : config.offers()) {
            Exam exam = Exam.of(offer, authenticators.apply(offer), tools);
            exams.put(offer.method(), new Admission.Examined(realm, offer, exam));
        }
    }

    /** Section "Authentication": the first method of the client's list that the realm offers; no list means anonymous. */
    Admission admit(List<String> offered, boolean inTheOpen) {
        List<String> methods = offered.isEmpty() ? List.of(ANONYMOUS) : offered;
        for (String name : methods) {
            Admission admission = admit(name, inTheOpen);
            if (admission != null) {
                return admission;
            }
        }
        return new Admission.Turned(methods.contains(ANONYMOUS) ? NO_ANONYMOUS : NO_METHOD);
    }

    private @Nullable Admission admit(String name, boolean inTheOpen) {
        if (name.equals(ANONYMOUS)) {
            return anonymousRole == null ? null : new Admission.Anonymous(realm, anonymousRole);
        }
        Method method = Method.of(name);
        Admission.Examined examined = method == null ? null : exams.get(method);
        boolean exposed = examined != null
                && inTheOpen
                && examined.offer().method().sendsSecret()
                && !examined.offer().overPlain();
        return exposed ? null : examined;
    }
}
