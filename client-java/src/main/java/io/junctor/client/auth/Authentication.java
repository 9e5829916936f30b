package io.junctor.client.auth;

import io.junctor.client.internal.ChallengeResponder;
import io.junctor.client.internal.LoginMethod;
import io.junctor.client.internal.Transport;
import io.junctor.wamp.auth.ChannelBinding;
import io.junctor.wamp.auth.Cryptosign;
import io.junctor.wamp.value.Dict;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The method by which a client authenticates to the router (section "Authentication"), for
 * {@link io.junctor.client.Client.Builder#authentication}.
 *
 * <p>Immutable and thread-safe. {@code toString} shows no secret. If the client cannot answer the router's challenge,
 * joining fails with {@code wamp.error.cannot_authenticate}.
 */
public final class Authentication {
    private static final String SCRAM = "wamp-scram";
    private static final String CRYPTOSIGN = "cryptosign";

    /** Begins one login over a connection. */
    private interface LoginStart {
        LoginMethod.Login begin(ChannelBindingMode mode, Transport transport);
    }

    private final String method;
    private final @Nullable String authid;
    private final @Nullable String authrole;
    private final ChannelBindingMode binding;
    private final LoginStart start;

    private Authentication(String method, @Nullable String authid, LoginStart start) {
        this(method, authid, null, ChannelBindingMode.NONE, start);
    }

    private Authentication(
            String method,
            @Nullable String authid,
            @Nullable String authrole,
            ChannelBindingMode binding,
            LoginStart start) {
        this.method = method;
        this.authid = authid;
        this.authrole = authrole;
        this.binding = binding;
        this.start = start;
    }

    /** Authenticates as anonymous. The router decides what anonymous clients may do. */
    public static Authentication anonymous() {
        return withoutChallenge("anonymous", null);
    }

    /** Sends a secret. Use it only on encrypted connections ({@code wss}). */
    public static Authentication ticket(String authid, String ticket) {
        return sending("ticket", authid, () -> ticket);
    }

    /**
     * Sends a JSON Web Token (RFC 7519), which contains the identity. Use it only on encrypted connections ({@code
     * wss}).
     *
     * @param token called at each join to get a token; may block
     */
    public static Authentication jwt(Supplier<String> token) {
        return sending("jwt", null, token);
    }

    /** Authenticates as the user of the operating system, which the router learns from a Unix domain socket. */
    public static Authentication unix() {
        return withoutChallenge("unix", null);
    }

    /** Authenticates by the client certificate of the TLS connection; see {@link SslContextBuilder#certificate}. */
    public static Authentication tls() {
        return withoutChallenge("tls", null);
    }

    /** Authenticates as {@code authid}, which must be one of the names in the client certificate. */
    public static Authentication tls(String authid) {
        return withoutChallenge("tls", authid);
    }

    /** Signs the router's challenge with a secret that both sides know (WAMP-CRA). */
    public static Authentication wampcra(String authid, String secret) {
        return new Authentication(
                "wampcra", authid, (mode, transport) -> new LoginMethod.Login(Dict.EMPTY, new CraResponder(secret)));
    }

    /**
     * Proves that the client knows a password without sending it, and makes the router prove that it knows the password too (WAMP-SCRAM).
     * If the router stores the password by Argon2, Bouncy Castle ({@code org.bouncycastle:bcprov-jdk18on}) must be on
     * the class path.
     *
     * @throws IllegalArgumentException if the name or the password has characters that SASLprep does not allow
     */
    public static Authentication scram(String authid, String password) {
        ScramResponder.Login login = ScramResponder.login(authid, password);
        return new Authentication(SCRAM, authid, (mode, transport) -> {
            LoginChannelBinding channel =
                    LoginChannelBinding.of(mode, transport, ChannelBinding.EXPORTER, ChannelBinding.SERVER_END_POINT);
            ScramResponder responder = new ScramResponder(login, new SecureRandom(), channel);
            return new LoginMethod.Login(responder.authextra(), responder);
        });
    }

    /**
     * Signs the router's challenge with a private Ed25519 key (Cryptosign).
     *
     * @param authid the authid, or null for the authid that the router assigns to the key
     * @param privateKey 64 hexadecimal digits
     * @throws IllegalArgumentException if {@code privateKey} is not such a key; the message does not contain {@code privateKey}
     */
    public static Authentication cryptosign(@Nullable String authid, String privateKey) {
        return cryptosign(authid, privateKey, null);
    }

    /**
     * Signs the router's challenge with a private Ed25519 key (Cryptosign), and makes the router prove that it has a known key.
     *
     * @param authid the authid, or null for the authid that the router assigns to the key
     * @param privateKey 64 hexadecimal digits
     * @param routerKey the router's public key, 64 hexadecimal digits, or null for any router
     * @throws IllegalArgumentException if one of the keys is not such a key; the message contains neither key
     */
    public static Authentication cryptosign(@Nullable String authid, String privateKey, @Nullable String routerKey) {
        byte[] key = Cryptosign.parse(privateKey);
        byte[] router = routerKey == null ? null : Cryptosign.parsePublicKey(routerKey);
        if (key == null || (routerKey != null && router == null)) {
            throw new IllegalArgumentException("a key must be 64 hexadecimal digits");
        }
        return new Authentication(CRYPTOSIGN, authid, (mode, transport) -> {
            LoginChannelBinding channel = LoginChannelBinding.of(mode, transport, ChannelBinding.EXPORTER);
            byte[] challenge = new byte[Cryptosign.KEY_BYTES];
            new SecureRandom().nextBytes(challenge);
            Dict.Builder extra = new Dict.Builder()
                    .put("pubkey", HexFormat.of().formatHex(Cryptosign.publicKey(key)))
                    .put("channel_binding", channel == null ? null : channel.type())
                    .put("challenge", router == null ? null : HexFormat.of().formatHex(challenge));
            CryptosignResponder.ClientKeys keys = new CryptosignResponder.ClientKeys(key, router, challenge);
            return new LoginMethod.Login(extra.build(), new CryptosignResponder(keys, mode, channel));
        });
    }

    /** Also requests a role. The router assigns it if the configuration allows it. */
    public Authentication role(String authrole) {
        return new Authentication(method, authid, authrole, binding, start);
    }

    /**
     * Binds the proof to the TLS connection. Default: {@link ChannelBindingMode#NONE}.
     *
     * <p>Cryptosign needs TLS 1.3 and Java 25 on both sides. If one of these is missing, WAMP-SCRAM uses the router's certificate
     * instead. A router that does not support the binding refuses WAMP-SCRAM with
     * {@code wamp.error.authentication_failed}.
     *
     * @throws IllegalArgumentException for all other methods, which have no channel binding
     */
    public Authentication channelBinding(ChannelBindingMode mode) {
        if (mode != ChannelBindingMode.NONE && !method.equals(SCRAM) && !method.equals(CRYPTOSIGN)) {
            throw new IllegalArgumentException("authentication method '" + method + "' has no channel binding");
        }
        return new Authentication(method, authid, authrole, mode, start);
    }

    /** Returns the details for {@code HELLO} and the login itself. For this library only; may change in any version. */
    public LoginMethod loginMethod() {
        return new AnnouncedLogin(this);
    }

    private static Authentication withoutChallenge(String method, @Nullable String authid) {
        return new Authentication(
                method, authid, (mode, transport) -> new LoginMethod.Login(Dict.EMPTY, ChallengeResponder.NONE));
    }

    private static Authentication sending(String method, @Nullable String authid, Supplier<String> secret) {
        return new Authentication(
                method,
                authid,
                (mode, transport) -> new LoginMethod.Login(Dict.EMPTY, new SecretResponder(method, secret)));
    }

    @Override
    public String toString() {
        return "Authentication[" + method + ", " + authid + "]";
    }

    /** Announces this authentication in {@code HELLO} and begins a login with it. */
    private record AnnouncedLogin(Authentication proof) implements LoginMethod {
        @Override
        public String method() {
            return proof.method;
        }

        @Override
        public @Nullable String authid() {
            return proof.authid;
        }

        @Override
        public @Nullable String authrole() {
            return proof.authrole;
        }

        @Override
        public Login begin(Transport transport) {
            return proof.start.begin(proof.binding, transport);
        }
    }
}
