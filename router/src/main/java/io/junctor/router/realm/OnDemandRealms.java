package io.junctor.router.realm;

import io.junctor.router.audit.AuditLog;
import io.junctor.router.authentication.JoinGrant;
import io.junctor.router.authentication.JoinableRealm;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmTemplate;
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
 * Safe for use by many threads. The realms made of templates: one begins when the first client joins, who has proven by then who it is, and
 * ends when it has been empty for as long as its template says.
 *
 * <p>A realm is never taken out while somebody is on the way into it: who joins is counted before, under the map's lock on the name, and
 * until the realm itself knows the session; a realm is taken out under the same lock.
 */
final class OnDemandRealms {
    private static final Logger LOG = LoggerFactory.getLogger(OnDemandRealms.class);
    private static final JoinRefused TOO_MANY = JoinRefused.of(
            WampError.LIMIT_EXCEEDED, "as many realms of this kind exist as may (on_demand.realms): try again later");

    /** A realm, its template and how many are on the way into it. */
    private record Slot(Realm realm, RealmTemplate template, AtomicInteger joining) {}

    private final Map<RealmTemplate, AtomicInteger> countByTemplate = new LinkedHashMap<>();
    private final Map<String, Slot> slotByName = new ConcurrentHashMap<>();
    private final RouterContext surroundings;
    private final Function<RealmConfig, Realm> opener;
    /** Nobody joins any more. */
    private volatile boolean closing;

    OnDemandRealms(List<RealmTemplate> templates, RouterContext surroundings, Function<RealmConfig, Realm> opener) {
        templates.forEach(template -> countByTemplate.put(template, new AtomicInteger()));
        this.surroundings = surroundings;
        this.opener = opener;
    }

    /** Where {@code name} leads: to the first template that it fits, or null. */
    @Nullable
    JoinableRealm site(String name) {
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

    /** Those that exist now. */
    Collection<Realm> open() {
        return slotByName.values().stream().map(Slot::realm).toList();
    }

    /** Makes a session for {@code link} in a realm of {@code template}, which begins if need be; by a worker, as that takes its time. */
    void join(JoinableRealm site, RealmTemplate template, ClientConnection link, Roles roles, JoinGrant entry) {
        surroundings.workers().execute(() -> {
            try (Pass pass = Pass.open()) {
                joinNow(site, template, link, roles, entry);
            }
        });
    }

    private void joinNow(
            JoinableRealm site, RealmTemplate template, ClientConnection link, Roles roles, JoinGrant entry) {
        Slot slot = slotByName.compute(site.name(), (name, known) -> {
            Slot found = known == null ? begin(site, template) : known;
            if (found != null) {
                found.joining().incrementAndGet();
            }
            return found;
        });
        if (slot == null) {
            if (entry.session() != 0) {
                surroundings.sessionIds().cancel(entry.session());
            }
            link.refuse(TOO_MANY);
            return;
        }
        if (closing) {
            // It may have begun after all others were told.
            slot.realm().submitShutdown();
        }
        slot.realm().join(link, roles, entry, () -> slot.joining().decrementAndGet());
    }

    private @Nullable Slot begin(JoinableRealm site, RealmTemplate template) {
        AtomicInteger count = count(template);
        if (count.incrementAndGet() > template.most()) {
            count.decrementAndGet();
            return null;
        }
        Slot slot = new Slot(opener.apply(site.config()), template, new AtomicInteger());
        surroundings.counters().increment(Counter.REALMS_BEGUN);
        tell("realm_begun", slot);
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

    /** Looks first who is on the way: whoever was is in the realm when it is asked. */
    private static boolean isOver(Slot slot, long nowNanos) {
        return slot.joining().get() == 0
                && slot.realm().emptyNanos(nowNanos) >= slot.template().idle().toNanos();
    }

    private @Nullable Slot end(Slot slot) {
        count(slot.template()).decrementAndGet();
        surroundings.counters().increment(Counter.REALMS_ENDED);
        slot.realm().end();
        tell("realm_ended", slot);
        return null;
    }

    private AtomicInteger count(RealmTemplate template) {
        return Objects.requireNonNull(countByTemplate.get(template));
    }

    private void tell(String event, Slot slot) {
        String name = slot.realm().config().name();
        String template = slot.template().realm().name();
        surroundings.workers().execute(() -> {
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

    /** Says goodbye to all sessions; nobody joins any more. To be called in a pass. */
    void submitShutdown() {
        closing = true;
        slotByName.values().forEach(slot -> slot.realm().submitShutdown());
    }
}
