package io.junctor.router.config.auth;

import io.junctor.router.config.http.OutgoingHttpCheck;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.Authenticator;
import io.junctor.router.spi.CertificateField;
import io.junctor.router.spi.Principal;
import io.junctor.router.spi.RequestFields;
import io.junctor.wamp.value.Uri;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The source of the users of an authentication method. */
public sealed interface AuthSource
        permits AuthSource.Users,
                AuthSource.Procedure,
                AuthSource.Program,
                AuthSource.UsersFirst,
                AuthSource.Tokens,
                AuthSource.Holders,
                AuthSource.Accounts {
    /** The value of {@code authprovider} in {@code WELCOME}. */
    String provider();

    /** The fields of the HTTP request that the authenticator receives. */
    default RequestFields.Names fields() {
        return RequestFields.Names.NONE;
    }

    /** True if the source asks an authenticator, which can grant any role in any realm. */
    default boolean isDynamic() {
        return false;
    }

    /**
     * Whether a session that this source has admitted would be admitted again, as far as the configuration alone decides. Does not ask an
     * authenticator and does not check a token or certificate.
     */
    boolean mayAdmit(String authid, String role);

    /**
     * Users that are listed in the configuration.
     *
     * @param byAuthid at least one, with credentials of one kind
     */
    record Users(Map<String, Principal> byAuthid) implements AuthSource {
        /** Copies the map. */
        public Users {
            byAuthid = Map.copyOf(byAuthid);
            if (byAuthid.isEmpty()) {
                throw new IllegalArgumentException("a method needs at least one user");
            }
        }

        @Override
        public boolean mayAdmit(String authid, String role) {
            Principal user = byAuthid.get(authid);
            return user != null && user.roles().contains(role);
        }

        @Override
        public String provider() {
            return "static";
        }
    }

    /**
     * A WAMP procedure (section "Dynamic Authentication").
     *
     * @param uri the procedure
     * @param realm the realm it is registered in, or null for the realm to be joined
     * @param fields the fields of the HTTP request that it receives
     */
    record Procedure(Uri uri, @Nullable String realm, RequestFields.Names fields) implements AuthSource {
        /** A procedure that receives no fields of the HTTP request. */
        public Procedure(Uri uri, @Nullable String realm) {
            this(uri, realm, RequestFields.Names.NONE);
        }

        @Override
        public boolean mayAdmit(String authid, String role) {
            return true;
        }

        @Override
        public String provider() {
            return "dynamic";
        }

        @Override
        public boolean isDynamic() {
            return true;
        }
    }

    /**
     * An authenticator of the program that embeds the router.
     *
     * @param authenticator the object
     * @param fields the fields of the HTTP request that it receives
     */
    record Program(Authenticator authenticator, RequestFields.Names fields) implements AuthSource {
        /** An authenticator that receives no fields of the HTTP request. */
        public Program(Authenticator authenticator) {
            this(authenticator, RequestFields.Names.NONE);
        }

        @Override
        public boolean mayAdmit(String authid, String role) {
            return true;
        }

        @Override
        public String provider() {
            return "program";
        }

        @Override
        public boolean isDynamic() {
            return true;
        }
    }

    /**
     * Users that are listed in the configuration, and an authenticator for all other users. {@code WELCOME} and challenges name the
     * provider of the authenticator for all: a client does not learn which users are listed.
     *
     * @param users the listed users
     * @param others a {@link Procedure} or a {@link Program}
     */
    record UsersFirst(Users users, AuthSource others) implements AuthSource {
        /** Checks that {@code others} is an authenticator. */
        public UsersFirst {
            if (!(others instanceof Procedure) && !(others instanceof Program)) {
                throw new IllegalArgumentException("users are combined with a procedure or a program only");
            }
        }

        @Override
        public String provider() {
            return others.provider();
        }

        @Override
        public boolean mayAdmit(String authid, String role) {
            return !users.byAuthid().containsKey(authid) || users.mayAdmit(authid, role);
        }

        @Override
        public RequestFields.Names fields() {
            return others.fields();
        }

        @Override
        public boolean isDynamic() {
            return true;
        }
    }

    /**
     * An issuer of tokens (RFC 7519), for {@link AuthMethod#JWT}. Exactly one of {@code keys} and {@code url} is present.
     *
     * @param keys the keys as a JSON Web Key Set (RFC 7517), or null
     * @param url the URL of the key set, or null
     * @param issuer the required value of {@code iss}
     * @param audience a value that {@code aud} must contain
     * @param authidClaim the claim that is the authid
     * @param roleClaim the claim that is the role, or a list of roles
     * @param role the role of a token without this claim, or null if the claim is required
     */
    record Tokens(
            @Nullable String keys,
            @Nullable String url,
            String issuer,
            String audience,
            String authidClaim,
            String roleClaim,
            @Nullable String role)
            implements AuthSource {
        /** Checks that keys are present, or a URL for which {@link #isSafe} holds. */
        public Tokens {
            if (keys == null && (url == null || !isSafe(url))) {
                throw new IllegalArgumentException("jwt needs a JSON Web Key Set or the https URL of one");
            }
        }

        /** Whether the URL is https or on the loopback interface, so that no one can change the keys in transit. */
        public static boolean isSafe(String url) {
            URI parsed = OutgoingHttpCheck.url(url);
            return parsed != null && !OutgoingHttpCheck.isOpen(parsed);
        }

        @Override
        public boolean mayAdmit(String authid, String role) {
            return true;
        }

        @Override
        public String provider() {
            return "static";
        }
    }

    /**
     * All clients with a certificate of an authority that the listener trusts, for {@link AuthMethod#TLS}.
     *
     * @param authid the part of the certificate that is the authid
     * @param roles the roles that they may request, at least one; the first is the default
     */
    record Holders(CertificateField authid, List<String> roles) implements AuthSource {
        /** Copies the list. */
        public Holders {
            roles = List.copyOf(roles);
            if (roles.isEmpty()) {
                throw new IllegalArgumentException("a certificate holder needs a role");
            }
        }

        @Override
        public boolean mayAdmit(String name, String role) {
            return roles.contains(role);
        }

        @Override
        public String provider() {
            return "static";
        }
    }

    /**
     * Accounts of the operating system, for {@link AuthMethod#UNIX}. The principal is that of the account's user if the user is listed;
     * otherwise that of its group; otherwise {@code others}. If the principal has no authid, the authid is the name of the user.
     *
     * @param users the principals by user name
     * @param groups the principals by group name
     * @param others the principal of all other accounts, or null if they are refused
     */
    record Accounts(
            Map<String, Principal> users,
            Map<String, Principal> groups,
            @Nullable Principal others) implements AuthSource {
        /** Copies the maps. */
        public Accounts {
            users = Map.copyOf(users);
            groups = Map.copyOf(groups);
            if (users.isEmpty() && groups.isEmpty() && others == null) {
                throw new IllegalArgumentException("the method unix needs at least one account");
            }
        }

        @Override
        public String provider() {
            return "static";
        }

        /** Whether such a session may be admitted. A user who is not listed may belong to any of the groups. */
        @Override
        public boolean mayAdmit(String authid, String role) {
            return users.entrySet().stream()
                            .anyMatch(user -> authid.equals(Objects.requireNonNullElse(
                                            user.getValue().authid(), user.getKey()))
                                    && user.getValue().roles().contains(role))
                    || Stream.concat(groups.values().stream(), Stream.ofNullable(others))
                            .anyMatch(account -> account.roles().contains(role)
                                    && (account.authid() == null
                                            || account.authid().equals(authid)));
        }

        /** All principals that accounts may get. */
        public Stream<Principal> principals() {
            return Stream.of(users.values().stream(), groups.values().stream(), Stream.ofNullable(others))
                    .flatMap(accounts -> accounts);
        }
    }
}
