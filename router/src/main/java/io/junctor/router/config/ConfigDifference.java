package io.junctor.router.config;

import io.junctor.router.config.listener.ListenerConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The changes when a running router gets another configuration.
 *
 * @param applied the other configuration, but with the present values of the settings that cannot change while the router runs
 * @param changes the keys of {@code realms.yaml} whose values change, such as {@code realms.shop.roles}
 * @param restart the keys whose values differ and need a restart to change
 */
public record ConfigDifference(RouterConfig applied, List<String> changes, List<String> restart) {
    /** Copies the lists. */
    public ConfigDifference {
        changes = List.copyOf(changes);
        restart = List.copyOf(restart);
    }

    /** Computes the difference between the present configuration of a router and the next configuration. */
    public static ConfigDifference between(RouterConfig now, RouterConfig next) {
        return new Comparison(now, next).result();
    }

    /** Whether nothing changes and nothing needs a restart. */
    public boolean isEmpty() {
        return changes.isEmpty() && restart.isEmpty();
    }

    /** Compares two configurations. For one thread. */
    private static final class Comparison {
        private final RouterConfig now;
        private final RouterConfig next;
        private final List<String> changes = new ArrayList<>();
        private final List<String> restart = new ArrayList<>();

        Comparison(RouterConfig now, RouterConfig next) {
            this.now = now;
            this.next = next;
        }

        ConfigDifference result() {
            RouterConfig.Builder applied = RouterConfig.builder()
                    .limits(changed("limits", now.limits(), next.limits()))
                    .shutdown(changed("shutdown", now.shutdown(), next.shutdown()))
                    .helloWithoutRealm(next.helloWithoutRealm())
                    .log(changed("log", now.log(), next.log()))
                    .drain(next.drain());
            changed("shutdown_delay", now.drain().delay(), next.drain().delay());
            changed("shutdown_wait", now.drain().patience(), next.drain().patience());
            listeners().forEach(applied::listener);
            if (!Objects.equals(now.helloWithoutRealm(), next.helloWithoutRealm())) {
                changes.add("hello_without_realm");
            }
            realms().forEach(applied::realm);
            templates().forEach(applied::template);
            return new ConfigDifference(applied.build(), changes, restart);
        }

        /**
         * The listeners to apply. If a changed listener uses a socket that the process has inherited, all listeners stay as they are,
         * because an inherited socket cannot be opened again.
         */
        private List<ListenerConfig> listeners() {
            List<ListenerConfig> before = new ArrayList<>(now.listeners());
            List<ListenerConfig> more = new ArrayList<>(next.listeners());
            List<ListenerConfig> applied = new ArrayList<>();
            now.listeners().stream().filter(more::remove).forEach(same -> {
                before.remove(same);
                applied.add(same);
            });
            if (Stream.concat(before.stream(), more.stream())
                    .anyMatch(one -> one.address().inherited())) {
                restart.add("listen (inherited_socket)");
                return now.listeners();
            }
            for (ListenerConfig listener : more) {
                boolean isChanged = before.removeIf(old -> old.address().sharesSocket(listener.address()));
                changes.add("listen " + listener.address() + (isChanged ? " (changed)" : " (opened)"));
                applied.add(listener);
            }
            before.forEach(old -> changes.add("listen " + old.address() + " (closed)"));
            return applied;
        }

        private List<RealmConfig> realms() {
            Map<String, RealmConfig> before = byName(now.realms(), Function.identity());
            List<RealmConfig> applied = next.realms().stream()
                    .map(realm -> applied(before.remove(realm.name()), realm))
                    .toList();
            before.keySet().forEach(name -> changes.add("realms." + name + " (removed)"));
            return applied;
        }

        private List<RealmTemplate> templates() {
            Map<String, RealmTemplate> before = byName(now.templates(), RealmTemplate::realm);
            List<RealmTemplate> applied = new ArrayList<>();
            for (RealmTemplate template : next.templates()) {
                String name = template.realm().name();
                RealmTemplate old = before.remove(name);
                RealmConfig realm = applied(old == null ? null : old.realm(), template.realm());
                if (old != null && (old.most() != template.most() || !old.idle().equals(template.idle()))) {
                    changes.add("realms." + name + ".on_demand");
                }
                applied.add(new RealmTemplate(realm, template.most(), template.idle()));
            }
            before.keySet().forEach(name -> changes.add("realms." + name + " (removed)"));
            return applied;
        }

        private static <T> Map<String, T> byName(List<T> all, Function<T, RealmConfig> realm) {
            Map<String, T> byName = new LinkedHashMap<>();
            all.forEach(one -> byName.put(realm.apply(one).name(), one));
            return byName;
        }

        private RealmConfig applied(@Nullable RealmConfig old, RealmConfig realm) {
            String name = "realms." + realm.name();
            if (old == null) {
                changes.add(name + " (added)");
                return realm;
            }
            changed(name + ".auth", old.auth(), realm.auth());
            changed(name + ".roles", old.roles(), realm.roles());
            changed(name + ".uris", old.uris(), realm.uris());
            changed(name + ".request_ids", old.requestIds(), realm.requestIds());
            features(name, old.features(), realm.features());
            changed(
                    name + ".webhooks",
                    old.services().webhooks(),
                    realm.services().webhooks());
            changed(
                    name + ".http_callees",
                    old.services().callees(),
                    realm.services().callees());
            return realm.toBuilder()
                    .sharing(kept(name + ".cluster", old.sharing(), realm.sharing()))
                    .limits(limits(name + ".limits", old.limits(), realm.limits()))
                    .build();
        }

        private void features(String name, RealmFeatures old, RealmFeatures features) {
            changed(name + ".features", old.off(), features.off());
            changed(name + ".history", old.history(), features.history());
            changed(name + ".empty_eligible", old.emptyEligible(), features.emptyEligible());
            changed(name + ".progress", old.progress(), features.progress());
        }

        /** The limits of the next configuration. The size of the mailbox cannot change during the life of a realm. */
        private RealmLimits limits(String name, RealmLimits old, RealmLimits limits) {
            RealmLimits.Queues before = old.queues();
            RealmLimits.Queues after = limits.queues();
            RealmLimits applied = limits.withQueues(new RealmLimits.Queues(
                    kept(name + ".mailbox", before.mailbox(), after.mailbox()),
                    kept(name + ".mailbox_per_session", before.mailboxPerSession(), after.mailboxPerSession()),
                    kept(name + ".mailbox_bytes", before.mailboxBytes(), after.mailboxBytes()),
                    kept(
                            name + ".mailbox_bytes_per_session",
                            before.mailboxBytesPerSession(),
                            after.mailboxBytesPerSession()),
                    after.waitingCalls()));
            changed(name, old, applied);
            return applied;
        }

        private <T> T changed(String name, T before, T after) {
            if (!before.equals(after)) {
                changes.add(name);
            }
            return after;
        }

        private <T> T kept(String name, T before, T after) {
            if (!before.equals(after)) {
                restart.add(name);
            }
            return before;
        }
    }
}
