package io.junctor.router.realm;

import io.junctor.router.audit.AuditLog;
import io.junctor.router.authentication.JoinGrant;
import io.junctor.router.authentication.JoinableRealm;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmTemplate;
import io.junctor.router.connection.ClientConnection;
import io.junctor.router.metrics.Counter;
import io.junctor.router.spi.JoinRefused;
import io.junctor.router.turn.Pass;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.WampError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes realms from templates: a realm begins when the first authenticated client joins it, and ends when it has had no sessions for the
 * time that its template says. Thread-safe.
 *
 * <p>A realm does not end while a client joins it: the client is counted under the map's lock on the name until the realm has its
 * session, and a realm is removed under the same lock.
 */
final class OnDemandRealms {
    private static final Logger LOG = LoggerFactory.getLogger(OnDemandRealms.class);
    private static final JoinRefused TOO_MANY = JoinRefused.of(
            WampError.LIMIT_EXCEEDED, "as many realms of this kind exist as may (on_demand.realms): try again later");

    /** A realm, its template and how many clients are joining it. */
    private record Slot(Realm realm, RealmTemplate template, AtomicInteger joining) {}

    /** The number of realms of each template, by the name of the template. */
    private final Map<String, AtomicInteger> countByTemplate = new ConcurrentHashMap<>();
    /** The templates; replaced by a reload. */
    private volatile List<RealmTemplate> templates;

    private final Map<String, Slot> slotByName = new ConcurrentHashMap<>();
    private final RouterContext context;
    private final Predicate<String> fixed;
    private final Function<RealmConfig, RealmPolicy> policies;
    private final Function<RealmPolicy, Realm> opener;
    /** Whether the router is shutting down, so that no session begins any more. */
    private volatile boolean closing;

    /**
     * Creates an object without realms. {@code fixed} returns whether a name is that of a realm without a template, {@code policies}
     * creates the policies from the configuration of the router, {@code opener} creates the realms.
     */
    OnDemandRealms(
            List<RealmTemplate> templates,
            RouterContext context,
            Predicate<String> fixed,
            Function<RealmConfig, RealmPolicy> policies,
            Function<RealmPolicy, Realm> opener) {
        this.templates = templates;
        this.context = context;
        this.fixed = fixed;
        this.policies = policies;
        this.opener = opener;
    }

    /** The realm that the first template matching {@code name} makes, or null. */
    @Nullable
    JoinableRealm find(String name) {
        boolean isFixed = fixed.test(name);
        for (RealmTemplate template : templates) {
            RealmConfig config = isFixed ? null : template.named(name);
            if (config != null) {
                return new JoinableRealm(config, template);
            }
        }
        return null;
    }

    /** The realm with this name, if it exists now. */
    @Nullable
    Realm realm(String name) {
        Slot slot = slotByName.get(name);
        return slot == null ? null : slot.realm();
    }

    /** The realms that exist now. */
    Collection<Realm> open() {
        return slotByName.values().stream().map(Slot::realm).toList();
    }

    /** Calls {@code action} with each realm that exists now and the name of its template. */
    void forEach(BiConsumer<String, Realm> action) {
        slotByName
                .values()
                .forEach(slot -> action.accept(slot.template().realm().name(), slot.realm()));
    }

    /**
     * Creates a session for {@code client} in the realm with this name, and the realm if it does not exist. Runs on a worker, because it
     * may take long.
     */
    void join(String name, ClientConnection client, Roles roles, JoinGrant grant) {
        context.workers().execute(() -> {
            try (Pass pass = Pass.open()) {
                joinNow(name, client, roles, grant);
            }
        });
    }

    private void joinNow(String name, ClientConnection client, Roles roles, JoinGrant grant) {
        List<RealmTemplate> known = templates;
        JoinableRealm realm = find(name);
        RealmTemplate template = realm == null ? null : realm.template();
        if (realm == null || template == null) {
            refuse(client, grant, Realms.noRealm(name));
            return;
        }
        Slot slot = slotByName.compute(name, (same, before) -> {
            Slot found = before == null ? begin(realm.config(), template) : before;
            if (found != null) {
                found.joining().incrementAndGet();
            }
            return found;
        });
        if (slot == null) {
            refuse(client, grant, TOO_MANY);
            return;
        }
        if (closing) {
            // This realm may have begun after submitShutdown looked at the existing realms.
            slot.realm().submitShutdown();
        }
        slot.realm().join(client, roles, grant, () -> slot.joining().decrementAndGet());
        if (known != templates) {
            // This realm may have begun after a reload looked at the existing realms.
            reload(name, done -> {});
        }
    }

    private void refuse(ClientConnection client, JoinGrant grant, JoinRefused reason) {
        if (grant.session() != 0) {
            context.sessionIds().cancel(grant.session());
        }
        client.refuse(reason);
    }

    private @Nullable Slot begin(RealmConfig config, RealmTemplate template) {
        AtomicInteger count = count(template);
        if (count.incrementAndGet() > template.most()) {
            count.decrementAndGet();
            return null;
        }
        Slot slot = new Slot(opener.apply(policies.apply(config)), template, new AtomicInteger());
        context.counters().increment(Counter.REALMS_BEGUN);
        log("realm_begun", slot);
        return slot;
    }

    /**
     * Uses other templates. Realms that match no template any more end; the other realms get their new policy. Completes when all realms
     * have ended or use their new policy. The policies must be those of the new configuration.
     */
    CompletableFuture<?> reload(List<RealmTemplate> others) {
        templates = others;
        List<CompletableFuture<?>> all = new ArrayList<>();
        slotByName.keySet().forEach(name -> reload(name, all::add));
        return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new));
    }

    /** Reloads the realm with this name; {@code begun} gets a future that completes when the realm uses its new policy or has ended. */
    private void reload(String name, Consumer<CompletableFuture<?>> begun) {
        List<Slot> dropped = new ArrayList<>(1);
        Slot kept = slotByName.computeIfPresent(name, (same, slot) -> {
            JoinableRealm now = find(name);
            RealmTemplate template = now == null ? null : now.template();
            count(slot.template()).decrementAndGet();
            if (template == null) {
                dropped.add(slot);
                return null;
            }
            count(template).incrementAndGet();
            return new Slot(slot.realm(), template, slot.joining());
        });
        // Not under the map's lock, because both methods may take the turn of the realm.
        if (kept != null) {
            RealmConfig config = Objects.requireNonNull(kept.template().named(name));
            begun.accept(kept.realm().submitPolicy(policies.apply(config)));
        }
        dropped.forEach(slot -> begun.accept(drop(slot)));
    }

    private CompletableFuture<?> drop(Slot slot) {
        return slot.realm()
                .submitDismissal(Realms.noRealm(slot.realm().config().name()))
                .thenRun(() -> onEnded(slot));
    }

    /** Ends the realms that have been empty for long enough. */
    void sweep(long nowNanos) {
        slotByName.forEach((name, slot) -> {
            if (isOver(slot, nowNanos)) {
                slotByName.computeIfPresent(name, (same, now) -> isOver(now, nowNanos) ? end(now) : now);
            }
        });
    }

    /**
     * Whether a realm has to end. Reads the number of joining clients first: a client that is no longer counted then already has its
     * session in the realm.
     */
    private static boolean isOver(Slot slot, long nowNanos) {
        return slot.joining().get() == 0
                && slot.realm().emptyNanos(nowNanos) >= slot.template().idle().toNanos();
    }

    private @Nullable Slot end(Slot slot) {
        count(slot.template()).decrementAndGet();
        onEnded(slot);
        return null;
    }

    private void onEnded(Slot slot) {
        context.counters().increment(Counter.REALMS_ENDED);
        slot.realm().end();
        log("realm_ended", slot);
    }

    private AtomicInteger count(RealmTemplate template) {
        return countByTemplate.computeIfAbsent(template.realm().name(), name -> new AtomicInteger());
    }

    private void log(String event, Slot slot) {
        String name = slot.realm().config().name();
        String template = slot.template().realm().name();
        context.workers().execute(() -> {
            LOG.info("{} {} of template {}", event, name, template);
            AuditLog.write(
                    event,
                    Dict.of("realm", name)
                            .with()
                            .put("template", template)
                            .build()
                            .entries());
        });
    }

    /** Ends all sessions; no session begins any more. Called in a pass. */
    void submitShutdown() {
        closing = true;
        slotByName.values().forEach(slot -> slot.realm().submitShutdown());
    }
}
