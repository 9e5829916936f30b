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

/** Immutable. The methods by which clients of one realm, or of those of one template, may say who they are. */
final class Desk {
    private static final String ANONYMOUS = "anonymous";
    private static final Refused NO_ANONYMOUS =
            Refused.of(WampError.AUTHENTICATION_REQUIRED, "this realm admits no anonymous sessions");
    private static final Refused NO_METHOD =
            Refused.of(WampError.NO_MATCHING_AUTH_METHOD, "this realm offers none of the authmethods of HELLO");

    /** A method with its examination. */
    private record Counter(Offer offer, Exam exam) {}

    private final @Nullable String anonymousRole;
    private final Map<Method, Counter> counters = new EnumMap<>(Method.class);

    /** A desk with these methods; {@code authenticators} finds who knows the clients of an offer. */
    Desk(AuthConfig config, Function<Offer, Authenticator> authenticators, Toolbox tools) {
        this.anonymousRole = config.anonymousRole();
        for (Offer offer : config.offers()) {
            Exam exam = Exam.of(offer, authenticators.apply(offer), tools);
            counters.put(offer.method(), new Counter(offer, exam));
        }
    }

    /** Section "Authentication": the first method of the client's list that the realm offers; no list means anonymous. */
    Admission admit(Site site, List<String> offered, boolean inTheOpen) {
        List<String> methods = offered.isEmpty() ? List.of(ANONYMOUS) : offered;
        for (String name : methods) {
            Admission admission = admit(site, name, inTheOpen);
            if (admission != null) {
                return admission;
            }
        }
        return new Admission.Turned(methods.contains(ANONYMOUS) ? NO_ANONYMOUS : NO_METHOD);
    }

    private @Nullable Admission admit(Site site, String name, boolean inTheOpen) {
        if (name.equals(ANONYMOUS)) {
            return anonymousRole == null ? null : new Admission.Anonymous(site, anonymousRole);
        }
        Method method = Method.of(name);
        Counter counter = method == null ? null : counters.get(method);
        return counter == null || (inTheOpen && isExposed(counter.offer()))
                ? null
                : new Admission.Examined(site, counter.offer(), counter.exam());
    }

    private static boolean isExposed(Offer offer) {
        return offer.method().sendsSecret() && !offer.overPlain();
    }
}
