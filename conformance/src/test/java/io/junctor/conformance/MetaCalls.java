package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.config.auth.Rule;
import io.junctor.router.spi.Action;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls to procedures of the router, and their answers. */
final class MetaCalls {
    private MetaCalls() {}

    /** A realm whose sessions may also call the procedures that change other sessions. */
    static RealmConfig realm() {
        RealmConfig open = RealmConfig.open(Testbed.REALM);
        EnumSet<Action> all = EnumSet.allOf(Action.class);
        RoleConfig role = new RoleConfig(List.of(
                new Rule(new Uri(""), MatchPolicy.PREFIX, all, true),
                new Rule(new Uri("wamp."), MatchPolicy.PREFIX, all, true)));
        return open.toBuilder().role("anonymous", role).build();
    }

    /** Returns the positional values of the result of a call. */
    static List<@Nullable Object> call(Peer caller, String procedure, @Nullable Object... arguments) {
        long request = caller.call(procedure, arguments);
        return caller.arguments(caller.expectResult(request).payload()).positional();
    }

    /** Returns the positional values of the result of a call with keyword arguments. */
    static List<@Nullable Object> call(Peer caller, String procedure, List<?> arguments, Map<String, ?> keywords) {
        long request = caller.nextRequest();
        caller.sendList(48, request, Map.of(), procedure, arguments, keywords);
        return caller.arguments(caller.expectResult(request).payload()).positional();
    }

    /** Calls and expects an error. */
    static void expectError(Peer caller, WampError error, String procedure, @Nullable Object... arguments) {
        caller.expectError(48, caller.call(procedure, arguments), error);
    }

    /** The next message, which must be an event with these arguments. */
    static void expectEvent(Peer peer, long subscription, @Nullable Object... arguments) {
        Event event = peer.expect(Event.class);
        assertThat(event.subscription()).isEqualTo(subscription);
        assertThat(peer.arguments(event.payload()).positional()).containsExactly(arguments);
    }
}
