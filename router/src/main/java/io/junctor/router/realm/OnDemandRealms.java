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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
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

    private final Map<RealmTemplate, AtomicInteger> countByTemplate = new LinkedHashMap<>();
    private final Map<String, Slot> slotByName = new ConcurrentHashMap<>();
    private final RouterContext context;
    private final Function<RealmConfig, Realm> opener;
    /** No session begins any more. */
    private volatile boolean closing;

    OnDemandRealms(List<RealmTemplate> templates, RouterContext context, Function<RealmConfig, Realm> opener) {
        templates.forEach(template -> countByTemplate.put(template, new AtomicInteger()));
        this.context = context;
        this.opener = opener;
    }

    /** The realm that the first template matching {@code name} makes, or null. */
    @Nullable
    JoinableRealm find(String name) {
        for (RealmTemplate template : countByTemplate.keySet()) {
            RealmConfig config = template.named(name);
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

    /** Makes a session for {@code client} in a realm of {@code template}, which begins if it does not exist. Runs on a worker, as that may take time. */
    void join(JoinableRealm realm, RealmTemplate template, ClientConnection client, Roles roles, JoinGrant grant) {
        context.workers().execute(() -> {
            try (Pass pass = Pass.open()) {
                joinNow(realm, template, client, roles, grant);
            }
        });
    }

    private void joinNow(
            JoinableRealm realm, RealmTemplate template, ClientConnection client, Roles roles, JoinGrant grant) {
        Slot slot = slotByName.compute(realm.name(), (name, known) -> {
            Slot found = known == null ? begin(realm, template) : known;
            if (found != null) {
                found.joining().incrementAndGet();
            }
            return found;
        });
        if (slot == null) {
            if (grant.session() != 0) {
                context.sessionIds().cancel(grant.session());
            }
            client.refuse(TOO_MANY);
            return;
        }
        if (closing) {
            // This realm may have begun after submitShutdown saw the others.
            slot.realm().submitShutdown();
        }
        slot.realm().join(client, roles, grant, () -> slot.joining().decrementAndGet());
    }

    private @Nullable Slot begin(JoinableRealm realm, RealmTemplate template) {
        AtomicInteger count = count(template);
        if (count.incrementAndGet() > template.most()) {
            count.decrementAndGet();
            return null;
        }
        Slot slot = new Slot(opener.apply(realm.config()), template, new AtomicInteger());
        context.counters().increment(Counter.REALMS_BEGUN);
        log("realm_begun", slot);
        return slot;
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
     * Reads the count of joining clients before it asks the realm: a client that was counted before has a session by
     * then.
     */
    private static boolean isOver(Slot slot, long nowNanos) {
        return slot.joining().get() == 0
                && slot.realm().emptyNanos(nowNanos) >= slot.template().idle().toNanos();
    }

    private @Nullable Slot end(Slot slot) {
        count(slot.template()).decrementAndGet();
        context.counters().increment(Counter.REALMS_ENDED);
        slot.realm().end();
        log("realm_ended", slot);
        return null;
    }

    private AtomicInteger count(RealmTemplate template) {
        return Objects.requireNonNull(countByTemplate.get(template));
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
