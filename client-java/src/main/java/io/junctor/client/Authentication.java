package io.junctor.client;

import io.junctor.client.engine.Answerer;
import io.junctor.client.engine.Transport;
import io.junctor.wamp.auth.ChannelBinding;
import io.junctor.wamp.auth.Cryptosign;
import io.junctor.wamp.value.Dict;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. How a client proves who it is (section "Authentication"); see {@link Client#authentication}. Its text shows no secret.
 *
 * <p>A client that cannot answer the router's challenge leaves with {@code wamp.error.cannot_authenticate}.
 */
public final class Authentication {
    private static final String SCRAM = "wamp-scram";
    private static final String CRYPTOSIGN = "cryptosign";

    /** Makes what one join over a connection needs. */
    interface Beginning {
        Begun begin(Binding binding, Transport transport);
    }

    /**
     * What one join needs.
     *
     * @param authextra what {@code HELLO} carries for the method
     * @param answerer answers the challenge
     */
    record Begun(Dict authextra, Answerer answerer) {}

    private final String method;
    private final @Nullable String authid;
    private final @Nullable String authrole;
    private final Binding binding;
    private final Beginning beginning;

    private Authentication(String method, @Nullable String authid, Beginning beginning) {
        this(method, authid, null, Binding.NONE, beginning);
    }

    private Authentication(
            String method, @Nullable String authid, @Nullable String authrole, Binding binding, Beginning beginning) {
        this.method = method;
        this.authid = authid;
        this.authrole = authrole;
        this.binding = binding;
        this.beginning = beginning;
    }

    /** No proof: the router decides what strangers may do. */
    public static Authentication anonymous() {
        return new Authentication("anonymous", null, (binding, transport) -> new Begun(Dict.EMPTY, Answerer.NONE));
    }

    /** Sends a secret. Only for connections that nobody can read, such as {@code wss}. */
    public static Authentication ticket(String authid, String ticket) {
        return sending("ticket", authid, () -> ticket);
    }

    /**
     * Sends a token (RFC 7519) that says who the client is. Only for connections that nobody can read, such as {@code wss}.
     *
     * @param token asked for a token at each join, on a thread that may wait
     */
    public static Authentication jwt(Supplier<String> token) {
        return sending("jwt", null, token);
    }

    /** Shows the certificate of the connection, see {@link Trust#pem(java.nio.file.Path, java.nio.file.Path, java.nio.file.Path)}. */
    public static Authentication tls() {
        return tls(null);
    }

    /** The same with an authid that is one of several which the certificate proves. */
    public static Authentication tls(@Nullable String authid) {
        return new Authentication("tls", authid, (binding, transport) -> new Begun(Dict.EMPTY, Answerer.NONE));
    }

    /** Signs with a secret that both sides know (WAMP-CRA). */
    public static Authentication wampcra(String authid, String secret) {
        return new Authentication(
                "wampcra", authid, (binding, transport) -> new Begun(Dict.EMPTY, new CraAnswerer(secret)));
    }

    /**
     * Proves that it knows a password without telling it, and has the router prove the same (WAMP-SCRAM). Where the router keeps the
     * password by Argon2, Bouncy Castle has to be on the class path ({@code org.bouncycastle:bcprov-jdk18on}).
     *
     * @throws IllegalArgumentException if the name or password has characters that SASLprep does not allow
     */
    public static Authentication scram(String authid, String password) {
        ScramAnswerer.Login login = ScramAnswerer.login(authid, password);
        return new Authentication(SCRAM, authid, (binding, transport) -> {
            Bound bound = Bound.of(binding, transport, ChannelBinding.EXPORTER, ChannelBinding.SERVER_END_POINT);
            ScramAnswerer answerer = new ScramAnswerer(login, new SecureRandom(), bound);
            return new Begun(answerer.authextra(), answerer);
        });
    }

    /**
     * Signs with a private Ed25519 key (Cryptosign).
     *
     * @param authid the authid, or null for that of the key
     * @param privateKey 64 hexadecimal digits
     * @throws IllegalArgumentException if that is no such key; the message does not show it
     */
    public static Authentication cryptosign(@Nullable String authid, String privateKey) {
        return cryptosign(authid, privateKey, null);
    }

    /**
     * The same with a router that has to prove who it is.
     *
     * @param routerKey the router's public key, 64 hexadecimal digits; null for any router
     */
    public static Authentication cryptosign(@Nullable String authid, String privateKey, @Nullable String routerKey) {
        byte[] key = Cryptosign.parse(privateKey);
        byte[] router = routerKey == null ? null : Cryptosign.parsePublicKey(routerKey);
        if (key == null || (routerKey != null && router == null)) {
            throw new IllegalArgumentException("a key must be 64 hexadecimal digits");
        }
        return new Authentication(CRYPTOSIGN, authid, (binding, transport) -> {
            Bound bound = Bound.of(binding, transport, ChannelBinding.EXPORTER);
            byte[] challenge = new byte[Cryptosign.KEY_BYTES];
            new SecureRandom().nextBytes(challenge);
            Dict.Builder extra = new Dict.Builder()
                    .put("pubkey", HexFormat.of().formatHex(Cryptosign.publicKey(key)))
                    .put("channel_binding", bound == null ? null : bound.type())
                    .put("challenge", router == null ? null : HexFormat.of().formatHex(challenge));
            CryptosignAnswerer.Keys keys = new CryptosignAnswerer.Keys(key, router, challenge);
            return new Begun(extra.build(), new CryptosignAnswerer(keys, binding, bound));
        });
    }

    /** The same with a wish for a role, which the router grants where it is allowed. */
    public Authentication wishing(String role) {
        return new Authentication(method, authid, role, binding, beginning);
    }

    /**
     * The same, bound to the TLS connection or not; {@link Binding#NONE} unless said. For Cryptosign that needs TLS 1.3, and Java 25 on both
     * sides; for WAMP-SCRAM, where that is not so on this side, the router's certificate takes its place. A router that cannot do
     * what it is asked for refuses WAMP-SCRAM, with {@code wamp.error.authentication_failed}.
     *
     * @throws IllegalArgumentException for other methods, which cannot be bound
     */
    public Authentication bound(Binding wish) {
        if (wish != Binding.NONE && !method.equals(SCRAM) && !method.equals(CRYPTOSIGN)) {
            throw new IllegalArgumentException(
                    "authentication method '" + method + "' cannot be bound to a connection");
        }
        return new Authentication(method, authid, authrole, wish, beginning);
    }

    String method() {
        return method;
    }

    @Nullable
    String authid() {
        return authid;
    }

    @Nullable
    String authrole() {
        return authrole;
    }

    /** {@link Answerer.CannotAnswer} where the connection cannot be bound to and has to be. */
    Begun begin(Transport transport) {
        return beginning.begin(binding, transport);
    }

    private static Authentication sending(String method, @Nullable String authid, Supplier<String> secret) {
        return new Authentication(
                method, authid, (binding, transport) -> new Begun(Dict.EMPTY, new SendingAnswerer(method, secret)));
    }

    @Override
    public String toString() {
        return "Authentication[" + method + ", " + authid + "]";
    }
}
