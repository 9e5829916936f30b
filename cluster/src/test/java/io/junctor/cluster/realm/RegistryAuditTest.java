package io.junctor.cluster.realm;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.Records;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.Store;
import io.junctor.cluster.engine.Written;
import io.junctor.cluster.protocol.CalleeEncoder;
import io.junctor.cluster.protocol.ProcedureRecord;
import io.junctor.cluster.registry.RegistryKeys;
import io.junctor.router.cluster.SharedCallee;
import io.junctor.testkit.Peer;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Registered;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.message.Unregistered;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.options.InvokePolicy;
import io.junctor.wamp.options.RegisterExtensions;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Routers bring the registry in line with the callees that they have. */
class RegistryAuditTest {
    private static final Roles REVOCABLE =
            new Roles(Map.of(Role.CALLEE, Set.of(Feature.REGISTRATION_REVOCATION), Role.CALLER, Set.of()));
    private static final RouterId STRANGER = new RouterId(99);
    private static final Register REGISTER = new Register(1, RegisterMessageOptions.DEFAULT, new Uri("com.procedure"));

    private static final RegisterMessageOptions REPLACING = new RegisterMessageOptions(
            MatchPolicy.EXACT,
            InvokePolicy.SINGLE,
            false,
            false,
            new RegisterExtensions(0, true, false),
            List.of(),
            Dict.EMPTY);

    private final RouterGroup routers = RouterGroup.of(3);
    private final RegistryKeys keys = new RegistryKeys(RouterGroup.REALM);

    @AfterEach
    void closeRouters() {
        routers.close();
    }

    @Test
    void aRegistryThatWasWipedIsFilledAgain() {
        Peer single = routers.join(0);
        single.register("com.procedure");
        List<Peer> shared = List.of(routers.join(0), routers.join(1), routers.join(2));
        shared.forEach(RouterGroup::share);
        routers.settle();

        routers.network().wipe(Store.REGISTRY);
        auditAll();
        Peer caller = routers.join(2);
        call(caller, single, "com.procedure");
        shared.forEach(callee -> caller.call("com.shared"));
        for (Peer callee : shared) {
            callee.answer(callee.expect(Invocation.class));
            caller.expect(Result.class);
        }
        Peer late = routers.join(routers.add());
        call(late, single, "com.procedure");
        refuseRegister(late);
        single.leave();
        late.register("com.procedure");
    }

    @Test
    void aCalleeLosesAProcedureThatAnotherSessionHasTakenMeanwhile() {
        Peer former = routers.join(0, RouterGroup.REALM, REVOCABLE);
        long registration = former.register("com.procedure");
        routers.network().wipe(Store.REGISTRY);
        routers.member(1).audit();
        routers.settle();
        Peer next = routers.join(1);
        next.register("com.procedure");

        auditAll();
        // Both are of the same time; otherwise the older one would stay.
        Unregistered revoked = former.expect(Unregistered.class);
        assertThat(revoked.revocation()).isNotNull();
        assertThat(revoked.revocation().id()).isEqualTo(registration);
        for (int router = 0; router < 3; router++) {
            call(routers.join(router), next, "com.procedure");
        }
    }

    @Test
    void aRecordThatWasDeletedIsWrittenAgain() {
        Peer callee = routers.join(0);
        callee.register("com.procedure");
        remove(keys.record(REGISTER));
        refuseRegister(routers.join(1));
        call(routers.join(1), callee, "com.procedure");
    }

    @Test
    void entriesOfASharedProcedureThatWereDeletedAreWrittenAgain() {
        Peer callee = routers.join(0);
        RouterGroup.share(callee);
        routers.settle();
        for (String key : routers.network().keys(Store.REGISTRY)) {
            remove(key);
            auditAll();
            assertThat(routers.network().keys(Store.REGISTRY)).hasSize(2).contains(key);
            call(routers.join(1), callee, "com.shared");
        }
    }

    @Test
    void aClaimIsDecidedAnewIfItsProcedureWasTakenBeforeTheRouterLearnsThatItHadIt() {
        Peer next = routers.join(1);
        next.register("com.other");
        Peer former = routers.join(0);
        long request = claimAndLoseConnection(former);
        next.send(new Register(next.nextRequest(), REPLACING, REGISTER.procedure()));
        next.expect(Registered.class);
        routers.network().reconnect(routers.id(0));
        routers.settle();
        former.expectError(Register.CODE, request, WampError.PROCEDURE_ALREADY_EXISTS);
        call(routers.join(0), next, "com.procedure");
    }

    @Test
    void aClaimIsMadeAnewIfItsRecordWasDeletedBeforeTheRouterLearnsThatItHadIt() {
        Peer callee = routers.join(0);
        long request = claimAndLoseConnection(callee);
        remove(keys.record(REGISTER));
        routers.network().reconnect(routers.id(0));
        routers.settle();
        assertThat(callee.expect(Registered.class).request()).isEqualTo(request);
        call(routers.join(1), callee, "com.procedure");
    }

    /** Registers a procedure so that the store accepts it, and the router is cut off before it is told the entry. */
    private long claimAndLoseConnection(Peer callee) {
        routers.news(0).hold();
        long request = callee.nextRequest();
        callee.send(new Register(request, RegisterMessageOptions.DEFAULT, REGISTER.procedure()));
        routers.settle();
        assertThat(routers.network().keys(Store.REGISTRY)).contains(keys.record(REGISTER));
        routers.network().cutOff(routers.id(0));
        routers.settle();
        routers.news(0).lose();
        callee.expectNothing();
        return request;
    }

    @Test
    void aRegisterIsRefusedIfTheRecordOfItsProcedureCannotBeRead() {
        try (Engine stranger = routers.network().open(STRANGER)) {
            get(stranger.records(Store.REGISTRY).create(keys.record(REGISTER), new byte[] {9}));
        }
        routers.settle();
        Peer callee = routers.join(0);
        long request = callee.nextRequest();
        callee.send(new Register(request, RegisterMessageOptions.DEFAULT, REGISTER.procedure()));
        ErrorMessage error = callee.expectError(Register.CODE, request, WampError.NETWORK_FAILURE);
        assertThat(callee.arguments(error.payload()).positional().toString())
                .contains("com.procedure", "the entry " + keys.record(REGISTER) + " of the registry");
        remove(keys.record(REGISTER));
        callee.register("com.procedure");
    }

    private void remove(String key) {
        try (Engine stranger = routers.network().open(STRANGER)) {
            get(stranger.records(Store.REGISTRY).remove(key));
        }
        routers.settle();
    }

    @Test
    void entriesOfARouterThatIsNotInTheClusterAreRemoved() throws UnrepresentableException {
        try (Engine stranger = routers.network().open(STRANGER)) {
            Records records = stranger.records(Store.REGISTRY);
            SharedCallee planted = callee(STRANGER, 17, 18);
            get(records.create(
                    keys.record(REGISTER),
                    ProcedureRecord.of(REGISTER, 18, 99, 0).toBytes()));
            get(records.create(keys.row(planted), CalleeEncoder.toBytes(RouterGroup.REALM, planted)));
        }
        routers.settle();
        routers.clock().advance(Duration.ofSeconds(6));
        routers.settle();
        routers.join(1).register("com.procedure");
    }

    @Test
    void aRowThatARouterHasNotWrittenIsIgnored() throws UnrepresentableException {
        Peer callee = routers.join(0);
        long registration = callee.register("com.procedure");
        Records records = routers.network().open(STRANGER).records(Store.REGISTRY);
        SharedCallee planted = callee(routers.id(0), 17, registration);
        get(records.create(keys.row(planted), CalleeEncoder.toBytes(RouterGroup.REALM, planted)));
        routers.settle();
        assertThat(get(records.read(keys.row(planted)))).isEmpty();
        call(routers.join(1), callee, "com.procedure");
        SharedCallee wrong = callee(routers.id(0), 17, registration);
        get(records.create(keys.row(wrong) + "0", CalleeEncoder.toBytes(RouterGroup.REALM, wrong)));
        routers.settle();
        call(routers.join(2), callee, "com.procedure");
    }

    @Test
    void aRowOfAProcedureThatIsNotSharedIsIgnored() throws UnrepresentableException {
        long registration = routers.join(0).register("com.procedure");
        SharedCallee planted = callee(STRANGER, 17, registration);
        Records records = routers.network().open(STRANGER).records(Store.REGISTRY);
        get(records.create(keys.row(planted), CalleeEncoder.toBytes(RouterGroup.REALM, planted)));
        routers.settle();
        Peer asking = routers.join(2);
        Result count = asking.expectResult(asking.call("wamp.registration.count_callees", registration));
        assertThat(asking.arguments(count.payload()).positional()).containsExactly(1L);
    }

    @Test
    void aRowWithoutACalleeIsRemovedWhenTheConnectionIsBack() throws UnrepresentableException {
        Peer callee = routers.join(0);
        long registration = callee.register("com.procedure");
        routers.settle();
        SharedCallee gone = callee(routers.id(0), 17, registration);
        routers.news(0).hold();
        try (Engine stranger = routers.network().open(STRANGER)) {
            get(stranger.records(Store.REGISTRY)
                    .create(keys.row(gone), CalleeEncoder.toBytes(RouterGroup.REALM, gone)));
        }
        routers.settle();
        routers.network().cutOff(routers.id(0));
        routers.settle();
        routers.news(0).release();
        routers.settle();
        assertThat(routers.network().keys(Store.REGISTRY)).contains(keys.row(gone));

        routers.network().reconnect(routers.id(0));
        routers.settle();
        assertThat(routers.network().keys(Store.REGISTRY)).containsExactly(keys.record(REGISTER));
        call(routers.join(1), callee, "com.procedure");
    }

    @Test
    void aRegisterIsAnsweredWhenTheStoreIsBack() {
        Peer callee = routers.join(0);
        routers.network().suspend(Store.REGISTRY);
        long request = callee.nextRequest();
        callee.send(new Register(request, RegisterMessageOptions.DEFAULT, new Uri("com.procedure")));
        routers.clock().advance(Duration.ofSeconds(6));
        routers.network().resume(Store.REGISTRY);
        routers.settle();
        for (int i = 0; i < 20; i++) {
            routers.clock().advance(Duration.ofMillis(500));
            routers.settle();
        }
        assertThat(callee.expect(Registered.class).request()).isEqualTo(request);
        call(routers.join(1), callee, "com.procedure");
        callee.expectNothing();
    }

    @Test
    void aRegisterIsRefusedWhenTheStoreDoesNotAnswer() {
        Peer callee = routers.join(0);
        routers.network().suspend(Store.REGISTRY);
        long request = callee.nextRequest();
        callee.send(new Register(request, RegisterMessageOptions.DEFAULT, new Uri("com.procedure")));
        for (int i = 0; i < 50; i++) {
            routers.clock().advance(Duration.ofMillis(500));
            routers.settle();
        }
        callee.expectError(Register.CODE, request, WampError.NETWORK_FAILURE);
        routers.network().resume(Store.REGISTRY);
        routers.settle();
        auditAll();
        routers.join(1).register("com.procedure");
    }

    @Test
    void aCalleeBeyondTheLimitIsRefused() {
        Peer callee = routers.join(0);
        for (int i = 0; i < RouterGroup.ENTRIES; i++) {
            callee.register("com.procedure" + i);
        }
        routers.settle();
        Peer other = routers.join(1);
        long request = other.nextRequest();
        other.send(new Register(request, RegisterMessageOptions.DEFAULT, new Uri("com.procedure")));
        ErrorMessage error = other.expectError(Register.CODE, request, WampError.LIMIT_EXCEEDED);
        assertThat(other.arguments(error.payload()).positional())
                .containsExactly("com.procedure: the routers of the cluster have 20 callees, the limit"
                        + " (cluster.registry_entries)");
        assertThat(routers.member(1).callees()).isEqualTo(RouterGroup.ENTRIES);
        callee.leave();
        routers.settle();
        other.register("com.procedure");
        routers.settle();
        assertThat(routers.member(2).callees()).isEqualTo(1);
    }

    private void auditAll() {
        for (int round = 0; round < 2; round++) {
            for (int router = 0; router < 3; router++) {
                routers.member(router).audit();
            }
            routers.settle();
        }
    }

    private static SharedCallee callee(RouterId router, long session, long registration) {
        Identity identity = new Identity("planted", "anonymous", null, null);
        return SharedCallee.of(router.value(), session, identity, REVOCABLE, registration, REGISTER);
    }

    private static void call(Peer caller, Peer callee, String procedure) {
        long request = caller.call(procedure);
        callee.answer(callee.expect(Invocation.class));
        caller.expectResult(request);
    }

    private static void refuseRegister(Peer peer) {
        long request = peer.nextRequest();
        peer.send(new Register(request, RegisterMessageOptions.DEFAULT, new Uri("com.procedure")));
        peer.expectError(Register.CODE, request, WampError.PROCEDURE_ALREADY_EXISTS);
    }

    private static <T> T get(CompletionStage<T> stage) {
        T found = stage.toCompletableFuture().orTimeout(1, TimeUnit.MINUTES).join();
        assertThat(found).isNotInstanceOf(Written.Conflict.class).isNotInstanceOf(Written.Unknown.class);
        return found;
    }
}
