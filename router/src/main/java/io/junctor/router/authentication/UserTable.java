package io.junctor.router.authentication;

import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.AuthenticationDecision;
import io.junctor.router.spi.AuthenticationRequest;
import io.junctor.router.spi.Authenticator;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.PeerCertificate;
import io.junctor.router.spi.Principal;
import io.junctor.wamp.auth.Base64Text;
import io.junctor.wamp.auth.DeterministicBytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Finds the users of the configuration. For an unknown authid it makes up a user: a client cannot distinguish it from a configured user, it
 * is the same at each attempt, and its credential cannot be proven. So known and unknown clients are handled in the same way. Thread-safe.
 */
public final class UserTable implements Authenticator {
    private final Map<String, Principal> byAuthid;
    /** The authids of each public key, for clients that give no authid. */
    private final Map<String, List<String>> authidsByKey = new HashMap<>();

    private final LongAdder madeUpUsers = new LongAdder();
    private final List<Principal> patterns;
    /** The secret from which unknown users get their salts; it stays the same after a restart. */
    private final DeterministicBytes mixing;

    /** The users that {@code users} lists. */
    public UserTable(AuthSource.Users users) {
        this.byAuthid = users.byAuthid();
        List<String> names = byAuthid.keySet().stream().sorted().toList();
        this.patterns = names.stream()
                .map(name -> Objects.requireNonNull(byAuthid.get(name)))
                .toList();
        this.mixing = new DeterministicBytes(secret(patterns.getFirst().credential()));
        byAuthid.forEach((authid, principal) -> {
            if (principal.credential() instanceof Credential.PublicKeys keys) {
                keys.hex()
                        .forEach(key -> authidsByKey
                                .computeIfAbsent(key, any -> new ArrayList<>())
                                .add(authid));
            }
        });
    }

    @Override
    public AuthenticationDecision authenticate(AuthenticationRequest request) {
        String authid = authid(request);
        Principal known = authid == null ? null : byAuthid.get(authid);
        // A user is made up for known users, too, so that the response time does not reveal whether a user is known.
        Principal stranger = madeUp(authid == null ? "" : authid);
        if (known == null) {
            return new AuthenticationDecision.Accepted(stranger);
        }
        return new AuthenticationDecision.Accepted(
                new Principal(authid, known.roles(), known.realm(), known.extra(), known.credential()));
    }

    /** True if the client is one of the users, by its authid, or by its key or certificate if it has no authid. */
    boolean has(AuthenticationRequest request) {
        String authid = authid(request);
        return authid != null && byAuthid.containsKey(authid);
    }

    private @Nullable String authid(AuthenticationRequest request) {
        return request.authid() == null ? named(request) : request.authid();
    }

    private @Nullable String named(AuthenticationRequest request) {
        return request.method() == AuthMethod.TLS ? holder(request) : owner(request);
    }

    /**
     * Finds the user of a client by its public key if the client gives no authid, provided that only one user has the key (section
     * "Cryptosign-based Authentication").
     */
    private @Nullable String owner(AuthenticationRequest request) {
        String key = request.authextra().text("pubkey");
        List<String> owners =
                key == null ? List.of() : authidsByKey.getOrDefault(key.toLowerCase(Locale.ROOT), List.of());
        return owners.size() == 1 ? owners.getFirst() : null;
    }

    /** Finds the user of a client by its certificate if the client gives no authid, provided that the certificate matches only one user. */
    private @Nullable String holder(AuthenticationRequest request) {
        PeerCertificate shown = request.transport().certificate();
        List<String> holders = shown == null
                ? List.of()
                : byAuthid.entrySet().stream()
                        .filter(user ->
                                user.getValue().credential() instanceof Credential.Certificates any && any.fit(shown))
                        .map(Map.Entry::getKey)
                        .toList();
        return holders.size() == 1 ? holders.getFirst() : null;
    }

    /** The number of made-up users: one for each look-up, of known and of unknown clients. */
    long countMadeUp() {
        return madeUpUsers.sum();
    }

    private Principal madeUp(String authid) {
        madeUpUsers.increment();
        Principal pattern = patterns.get(mixing.index(authid, patterns.size()));
        return new Principal(null, pattern.roles(), null, pattern.extra(), madeUp(pattern.credential(), authid));
    }

    private Credential madeUp(Credential pattern, String authid) {
        return switch (pattern) {
            case Credential.Proven proven -> new Credential.Secret(key("key", authid));
            case Credential.Secret secret -> new Credential.Secret(key("key", authid));
            case Credential.SaltedSecret salted ->
                new Credential.SaltedSecret(
                        key("key", authid),
                        text("salt", authid, salted.salt()),
                        salted.iterations(),
                        salted.keyBytes());
            case Credential.HashedSecret hashed ->
                new Credential.HashedSecret(key("key", authid), salt(authid, hashed.salt()), hashed.iterations());
            case Credential.ScramSecret scram ->
                new Credential.ScramSecret(
                        scram.kdf(), salt(authid, scram.salt()), key("stored", authid), key("server", authid));
            case Credential.PublicKeys keys -> new Credential.PublicKeys(Set.of());
            case Credential.Certificates certificates -> new Credential.Certificates(List.of());
        };
    }

    private String key(String use, String authid) {
        return Base64Text.of(mixing.bytes(use + authid, 32));
    }

    /** Makes a salt of the same length as {@code pattern}, the salt of a configured user. */
    private String salt(String authid, String pattern) {
        byte[] bytes = Base64Text.decode(pattern);
        return Base64Text.of(mixing.bytes("salt" + authid, bytes == null ? 16 : bytes.length));
    }

    private String text(String use, String authid, String pattern) {
        String text =
                Base64Text.of(mixing.bytes(use + authid, pattern.length())).replaceAll("[+/=]", "x");
        return text.substring(0, pattern.length());
    }

    private static String secret(Credential credential) {
        return switch (credential) {
            case Credential.Proven proven -> "";
            case Credential.Secret secret -> secret.text();
            case Credential.SaltedSecret salted -> salted.key();
            case Credential.HashedSecret hashed -> hashed.key();
            case Credential.ScramSecret scram -> scram.serverKey();
            case Credential.PublicKeys keys ->
                String.join(" ", keys.hex().stream().sorted().toList());
            case Credential.Certificates certificates -> certificates.any().toString();
        };
    }
}
