package io.junctor.conformance;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.auth.AuthConfig;
import io.junctor.router.config.auth.AuthMethodConfig;
import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.Principal;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Authenticate;
import io.junctor.wamp.message.Challenge;
import io.junctor.wamp.value.Dict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Realms with users, and the handshakes of their clients. */
final class UserRealms {
    static final String ANNA = "anna";
    static final String SECRET = "L3L1YUE8Txlw";
    static final String ROLE = "user";
    static final String OTHER_ROLE = "operator";

    private UserRealms() {}

    /** A realm that anna may join by one method, with the roles {@code user} and {@code operator}. */
    static RealmConfig realm(AuthMethod method, Credential credential) {
        return realm(offer(method, Principal.of(ROLE, credential)));
    }

    static AuthMethodConfig offer(AuthMethod method, Principal anna) {
        return new AuthMethodConfig(method, new AuthSource.Users(Map.of(ANNA, anna)), true, null);
    }

    /** A realm with these methods and none for sessions without credentials. */
    static RealmConfig realm(AuthMethodConfig... offers) {
        return realm(new AuthConfig(null, List.of(offers)));
    }

    static RealmConfig realm(AuthConfig auth) {
        return RealmConfig.builder(Testbed.REALM)
                .auth(auth)
                .role(ROLE, RoleConfig.everything())
                .role(OTHER_ROLE, RoleConfig.everything())
                .build();
    }

    /** Sends HELLO with one method. */
    static Peer hello(Peer peer, String method, String authid) {
        return hello(peer, List.of(method), Map.of("authid", authid));
    }

    /** Sends HELLO with more details. */
    static Peer hello(Peer peer, List<String> methods, Map<String, Object> details) {
        Map<String, Object> all = new HashMap<>(details);
        all.put("roles", Map.of("caller", Map.of(), "callee", Map.of()));
        all.put("authmethods", methods);
        peer.sendList(1, Testbed.REALM, all);
        return peer;
    }

    static Challenge challenge(Peer peer, AuthMethod method) {
        Challenge challenge = peer.expect(Challenge.class);
        if (!challenge.method().equals(method.wire())) {
            throw new AssertionError("challenged by " + challenge.method() + ", not by " + method.wire());
        }
        return challenge;
    }

    static Peer answer(Peer peer, String signature) {
        return peer.send(new Authenticate(signature, Dict.EMPTY));
    }
}
