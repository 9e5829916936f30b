package io.junctor.router.config.yaml;

import io.junctor.router.auth.CertificateField;
import io.junctor.router.auth.Method;
import io.junctor.router.auth.Offer;
import io.junctor.router.auth.Source;
import io.junctor.router.config.ListenerConfig;
import io.junctor.router.config.yaml.Key.Spare;
import io.junctor.router.config.yaml.MethodShape.Offered;
import io.junctor.router.config.yaml.Placing.Placed;
import io.junctor.router.tls.ClientCertificates;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Clients that are who their certificates say, without being listed. */
final class HoldersShape {
    static final Spare<CertificateField> AUTHID = new Spare<>("authid", Word.of(CertificateField.class));
    static final Spare<Placed<String>> ROLE = new Spare<>("role", new Placing<>(UserShape.ROLE_NAME));
    static final Key.Defaulted<List<Placed<String>>> OTHER_ROLES = UserShape.OTHER_ROLES;

    private HoldersShape() {}

    static @Nullable Offered bind(Section section) {
        CertificateField authid = section.get(AUTHID);
        Placed<String> role = section.get(ROLE);
        if (!section.has(ROLE)) {
            section.reject("'authid' needs 'role', the role that they get");
        }
        if (authid == null || role == null) {
            return null;
        }
        List<Placed<String>> roles = new ArrayList<>();
        roles.add(role);
        roles.addAll(section.get(OTHER_ROLES));
        Source holders =
                new Source.Holders(authid, roles.stream().map(Placed::it).toList());
        return new Offered(Offer.of(Method.TLS, holders), roles);
    }

    /** Why nobody could ever join by certificate, or null; without listeners, clients come another way. */
    static @Nullable String problem(List<ListenerConfig> listeners) {
        boolean possible = listeners.isEmpty()
                || listeners.stream()
                        .anyMatch(listener -> listener.tls() != null
                                && listener.tls().clientCertificates() != ClientCertificates.NONE);
        return possible ? null : "no listener asks for client certificates: give one 'tls' with 'client_certificates'";
    }
}
