package io.junctor.router.config.yaml;

import io.junctor.router.auth.Offer;
import io.junctor.router.config.AuthConfig;
import io.junctor.router.config.yaml.Key.Spare;
import io.junctor.router.config.yaml.MethodShape.Offered;
import io.junctor.router.config.yaml.Placing.Placed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How clients of a realm say who they are, and the roles that this gives them. */
final class AuthShape {
    private static final Spare<Placed<String>> ANONYMOUS = new Spare<>(
            "anonymous",
            Shape.of(
                    "a map such as { role: anonymous }",
                    List.of(UserShape.ROLE),
                    section -> section.get(UserShape.ROLE)));
    private static final Spare<Offered> TICKET = new Spare<>("ticket", MethodShape.TICKET);
    private static final Spare<Offered> WAMPCRA = new Spare<>("wampcra", MethodShape.WAMPCRA);
    private static final Spare<Offered> SCRAM = new Spare<>("wamp-scram", MethodShape.SCRAM);
    private static final Spare<Offered> AUTOBAHN_SCRAM = new Spare<>("scram", MethodShape.AUTOBAHN_SCRAM);
    private static final Spare<Offered> CRYPTOSIGN = new Spare<>("cryptosign", MethodShape.CRYPTOSIGN);
    private static final Spare<Offered> JWT = new Spare<>("jwt", TokenShape.SHAPE);
    private static final Spare<Offered> TLS = new Spare<>("tls", MethodShape.TLS);
    private static final List<Spare<Offered>> METHODS =
            List.of(TICKET, WAMPCRA, SCRAM, AUTOBAHN_SCRAM, CRYPTOSIGN, JWT, TLS);

    /**
     * What the section says. Immutable.
     *
     * @param config the methods
     * @param roles the roles they may grant, with their places; they have to exist in the realm
     */
    record Auth(AuthConfig config, List<Placed<String>> roles) {}

    static final Shape<Auth> SHAPE = new Shape<>(
            "a map such as { anonymous: { role: anonymous } }",
            List.of(ANONYMOUS, TICKET, WAMPCRA, SCRAM, AUTOBAHN_SCRAM, CRYPTOSIGN, JWT, TLS),
            Map.of(),
            AuthShape::bind);

    private AuthShape() {}

    private static Auth bind(Section section) {
        if (!section.has(ANONYMOUS) && METHODS.stream().noneMatch(section::has)) {
            section.reject(
                    "'auth' needs at least one method: anonymous, ticket, wampcra, wamp-scram, scram, cryptosign, jwt or tls");
        }
        Placed<String> anonymous = section.get(ANONYMOUS);
        List<Offered> offered = offered(section);
        List<Placed<String>> roles = new ArrayList<>();
        if (anonymous != null) {
            roles.add(anonymous);
        }
        offered.forEach(one -> roles.addAll(one.roles()));
        List<Offer> offers = offered.stream().map(Offered::offer).toList();
        return new Auth(new AuthConfig(anonymous == null ? null : anonymous.it(), offers), roles);
    }

    private static List<Offered> offered(Section section) {
        List<Offered> offered = new ArrayList<>();
        for (Spare<Offered> method : METHODS) {
            Offered one = section.get(method);
            if (one != null) {
                offered.add(one);
            }
        }
        return offered;
    }
}
