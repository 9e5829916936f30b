package io.junctor.conformance;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.auth.AuthConfig;
import io.junctor.router.config.auth.AuthMethodConfig;
import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.config.auth.Rule;
import io.junctor.router.config.auth.RuleEffect;
import io.junctor.router.spi.Action;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.Principal;
import io.junctor.testkit.Peer;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Realms with permissions for their users. */
final class RestrictedRealms {
    /** The role of clients with a ticket. */
    static final String USER = "user";
    /** The role of clients without a ticket, which allows everything, also to change other sessions. */
    static final String SERVICE = "service";

    private RestrictedRealms() {}

    /** A realm whose users have these authids and the permissions of {@code user}. */
    static RealmConfig realm(RoleConfig user, String... authids) {
        Principal principal = Principal.of(USER, new Credential.Secret(UserRealms.SECRET));
        Map<String, Principal> users =
                Arrays.stream(authids).collect(Collectors.toMap(authid -> authid, id -> principal));
        AuthMethodConfig ticket = new AuthMethodConfig(AuthMethod.TICKET, new AuthSource.Users(users), true, null);
        return RealmConfig.builder(Testbed.REALM)
                .auth(new AuthConfig(SERVICE, List.of(ticket)))
                .role(USER, user)
                .role(SERVICE, rules("+prefix:", "+prefix:wamp."))
                .build();
    }

    /** A role with rules about all actions: {@code +} allows, {@code -} denies; then the match and the URI. */
    static RoleConfig rules(String... rules) {
        return new RoleConfig(Stream.of(rules).map(RestrictedRealms::rule).toList());
    }

    /** Adds a rule: the authorizer decides about URIs with this prefix, and its decision is cached for this time. */
    static RoleConfig asking(RoleConfig role, String prefix, @Nullable Duration cache) {
        List<Rule> rules = new ArrayList<>(role.rules());
        rules.add(
                new Rule(new Uri(prefix), MatchPolicy.PREFIX, EnumSet.allOf(Action.class), new RuleEffect.Ask(cache)));
        return new RoleConfig(rules, role.authorizer());
    }

    private static Rule rule(String text) {
        String[] words = text.substring(1).split(":", -1);
        MatchPolicy match = MatchPolicy.ofWire(words[0]);
        return new Rule(new Uri(words[1]), match, EnumSet.allOf(Action.class), text.startsWith("+"));
    }

    /** Joins as a user. */
    static Peer join(Testbed testbed, String authid) {
        Peer peer = testbed.connect();
        UserRealms.hello(peer, "ticket", authid);
        UserRealms.challenge(peer, AuthMethod.TICKET);
        UserRealms.answer(peer, UserRealms.SECRET).expectWelcome();
        return peer;
    }

    /** Joins as a session that may do everything. */
    static Peer service(Testbed testbed) {
        Peer peer = testbed.connect();
        peer.join(Testbed.REALM);
        return peer;
    }

    /** Sends a request of this message type and expects that it is denied. */
    static void expectDenied(Peer peer, int type, String uri) {
        expectRefused(peer, type, uri, WampError.NOT_AUTHORIZED);
    }

    /** Sends a request of this message type and expects this error. */
    static void expectRefused(Peer peer, int type, String uri, WampError error) {
        peer.expectError(type, ask(peer, type, uri), error);
    }

    /** Sends a request of this message type and returns its id. */
    static long ask(Peer peer, int type, String uri) {
        long request = peer.nextRequest();
        Map<String, Object> options = type == 16 ? Map.of("acknowledge", true) : Map.of();
        peer.sendList(type, request, options, uri);
        return request;
    }
}
