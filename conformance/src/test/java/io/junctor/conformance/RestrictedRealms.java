package io.junctor.conformance;

import io.junctor.router.config.AuthConfig;
import io.junctor.router.config.AuthMethodConfig;
import io.junctor.router.config.AuthSource;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RoleConfig;
import io.junctor.router.config.Rule;
import io.junctor.router.config.RuleEffect;
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

/** Realms whose clients may not do everything. */
final class RestrictedRealms {
    /** The role of clients with a ticket. */
    static final String USER = "user";
    /** The role of those without, who may do everything, also to others. */
    static final String SERVICE = "service";

    private RestrictedRealms() {}

    /** A realm whose users have these authids and may do what {@code user} says. */
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

    /** This role with one more rule, by which the authorizer decides about what begins so, for so long. */
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

    /** A user. */
    static Peer join(Testbed testbed, String authid) {
        Peer peer = testbed.connect();
        UserRealms.hello(peer, "ticket", authid);
        UserRealms.challenge(peer, AuthMethod.TICKET);
        UserRealms.answer(peer, UserRealms.SECRET).expectWelcome();
        return peer;
    }

    /** One who may do everything. */
    static Peer service(Testbed testbed) {
        Peer peer = testbed.connect();
        peer.join(Testbed.REALM);
        return peer;
    }

    /** Asks for one of the four actions, by its type of message, in vain. */
    static void expectDenied(Peer peer, int type, String uri) {
        expectRefused(peer, type, uri, WampError.NOT_AUTHORIZED);
    }

    /** Asks in vain. */
    static void expectRefused(Peer peer, int type, String uri, WampError error) {
        peer.expectError(type, ask(peer, type, uri), error);
    }

    /** Asks for one of the four actions, by its type of message; returns the request. */
    static long ask(Peer peer, int type, String uri) {
        long request = peer.nextRequest();
        Map<String, Object> options = type == 16 ? Map.of("acknowledge", true) : Map.of();
        peer.sendList(type, request, options, uri);
        return request;
    }
}
