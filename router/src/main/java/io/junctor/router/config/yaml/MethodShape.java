package io.junctor.router.config.yaml;

import io.junctor.router.auth.Method;
import io.junctor.router.auth.Offer;
import io.junctor.router.auth.Principal;
import io.junctor.router.auth.Source;
import io.junctor.router.config.yaml.Key.Defaulted;
import io.junctor.router.config.yaml.Key.Needed;
import io.junctor.router.config.yaml.Key.Spare;
import io.junctor.router.config.yaml.Placing.Placed;
import io.junctor.router.config.yaml.UserShape.User;
import io.junctor.wamp.auth.Cryptosign;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One method of authentication with the clients it knows. */
final class MethodShape {
    static final Defaulted<Boolean> UNENCRYPTED = new Defaulted<>("unencrypted", new Word<>(words()), Boolean.FALSE);
    private static final Spare<Placed<String>> ROUTER_KEY = new Spare<>("router_key", new Placing<>(new SecretText()));

    /**
     * A method. Immutable.
     *
     * @param offer the method
     * @param roles the roles it may grant, with their places
     */
    record Offered(Offer offer, List<Placed<String>> roles) {}

    static final Spare<Source.Procedure> AUTHENTICATOR = new Spare<>("authenticator", authenticator());

    static final Shape<Offered> TICKET = ticket();
    static final Shape<Offered> WAMPCRA = wampcra();
    static final Shape<Offered> SCRAM = scram(Method.SCRAM);
    static final Shape<Offered> AUTOBAHN_SCRAM = scram(Method.AUTOBAHN_SCRAM);
    static final Shape<Offered> CRYPTOSIGN = cryptosign();
    static final Shape<Offered> TLS = tls();

    private MethodShape() {}

    private static Shape<Offered> ticket() {
        Spare<Placed<Map<String, User>>> users = users(
                UserShape.withSecret(Method.TICKET, "ticket", "the ticket or what 'bin/junctor hash ticket' prints"));
        return Shape.of(
                "a map such as { users: { sensor-7: { ticket: \"${TICKET}\", role: device } } }",
                List.of(users, AUTHENTICATOR, UNENCRYPTED),
                section -> bind(section, users, new Extras(Method.TICKET, section.get(UNENCRYPTED), null)));
    }

    private static Shape<Offered> wampcra() {
        Spare<Placed<Map<String, User>>> users = users(
                UserShape.withSecret(Method.WAMPCRA, "secret", "the secret or what 'bin/junctor hash wampcra' prints"));
        return Shape.of(
                "a map such as { users: { anna: { secret: \"${SECRET}\", role: user } } }",
                List.of(users, AUTHENTICATOR),
                section -> bind(section, users, new Extras(Method.WAMPCRA, false, null)));
    }

    private static Shape<Offered> scram(Method method) {
        Spare<Placed<Map<String, User>>> users =
                users(UserShape.withSecret(method, "password", "what 'bin/junctor hash " + method.wire() + "' prints"));
        return Shape.of(
                "a map such as { users: { anna: { password: \"${PASSWORD_HASH}\", role: user } } }",
                List.of(users, AUTHENTICATOR),
                section -> bind(section, users, new Extras(method, false, null)));
    }

    private static Shape<Offered> cryptosign() {
        Spare<Placed<Map<String, User>>> users = users(UserShape.withKeys());
        return Shape.of(
                "a map such as { users: { door-1: { keys: [64 hexadecimal digits], role: device } } }",
                List.of(users, AUTHENTICATOR, ROUTER_KEY),
                section -> bind(section, users, new Extras(Method.CRYPTOSIGN, false, key(section.get(ROUTER_KEY)))));
    }

    private static Shape<Offered> tls() {
        Spare<Placed<Map<String, User>>> users = users(UserShape.withCertificates());
        return Shape.of(
                "a map such as { authid: subject_cn, role: device }",
                List.of(users, AUTHENTICATOR, HoldersShape.AUTHID, HoldersShape.ROLE, HoldersShape.OTHER_ROLES),
                section -> tls(section, users));
    }

    private static @Nullable Offered tls(Section section, Spare<Placed<Map<String, User>>> users) {
        section.rejectLater(config -> HoldersShape.problem(config.listeners()));
        long sources = Stream.of(users, AUTHENTICATOR, HoldersShape.AUTHID)
                .filter(section::has)
                .count();
        if (sources != 1) {
            section.reject("needs one of the keys 'users', 'authenticator' and 'authid', and no more");
            return null;
        }
        if (section.has(HoldersShape.AUTHID)) {
            return HoldersShape.bind(section);
        }
        if (section.has(HoldersShape.ROLE) || section.has(HoldersShape.OTHER_ROLES)) {
            section.reject("'role' and 'other_roles' go with 'authid'; users have their own");
        }
        return known(section, users, new Extras(Method.TLS, false, null));
    }

    private static Shape<Source.Procedure> authenticator() {
        Needed<String> procedure = new Needed<>(
                "procedure", new Text("the URI of a procedure", uri -> UriRules.LOOSE.isUri(new Uri(uri))));
        return Shape.of(
                "a map such as { procedure: com.example.authenticate }",
                List.of(procedure, RealmShape.OTHER),
                section -> {
                    String uri = section.get(procedure);
                    String where = RealmShape.other(section);
                    return uri == null ? null : new Source.Procedure(new Uri(uri), where);
                });
    }

    static Spare<Placed<Map<String, User>>> users(Shape<User> shape) {
        return new Spare<>(
                "users",
                new Placing<>(
                        new NamedMap<>(shape, "a map of authids to users", "an authid", name -> !name.isBlank())));
    }

    private static @Nullable String key(@Nullable Placed<String> key) {
        if (key == null) {
            return null;
        }
        if (Cryptosign.parse(key.it()) == null) {
            key.place().reject(key.place().label() + " must be a private key of 64 hexadecimal digits");
            return null;
        }
        return key.it();
    }

    private static @Nullable Offered bind(Section section, Spare<Placed<Map<String, User>>> users, Extras extras) {
        if (section.has(users) == section.has(AUTHENTICATOR)) {
            section.reject("needs one of the keys 'users' and 'authenticator', and not both");
            return null;
        }
        return known(section, users, extras);
    }

    /** A method with users or an authenticator, of which the section has one. */
    private static @Nullable Offered known(Section section, Spare<Placed<Map<String, User>>> users, Extras extras) {
        Source.Procedure procedure = section.get(AUTHENTICATOR);
        if (procedure != null) {
            return new Offered(extras.offer(procedure), List.of());
        }
        Placed<Map<String, User>> placed = section.get(users);
        if (placed == null || placed.it().isEmpty()) {
            rejectIfNone(placed);
            return null;
        }
        return known(placed.it(), extras);
    }

    /** Users that are wrong have been reported one by one. */
    private static void rejectIfNone(@Nullable Placed<Map<String, User>> users) {
        if (users != null && Map.of().equals(users.place().entries(""))) {
            users.place().reject("'users' needs at least one user");
        }
    }

    private static Offered known(Map<String, User> users, Extras extras) {
        Map<String, Principal> principals = new LinkedHashMap<>();
        users.forEach((authid, user) -> principals.put(authid, user.principal()));
        List<Placed<String>> roles =
                users.values().stream().flatMap(user -> user.roles().stream()).toList();
        return new Offered(extras.offer(new Source.Users(principals)), roles);
    }

    /** What an offer has besides its source. Immutable. */
    private record Extras(
            Method method, boolean overPlain, @Nullable String routerKey) {
        Offer offer(Source source) {
            return new Offer(method, source, overPlain, routerKey);
        }
    }

    private static Map<String, Boolean> words() {
        Map<String, Boolean> words = new LinkedHashMap<>();
        words.put("refuse", Boolean.FALSE);
        words.put("allow", Boolean.TRUE);
        return words;
    }
}
