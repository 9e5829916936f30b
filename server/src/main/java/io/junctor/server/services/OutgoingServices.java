package io.junctor.server.services;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.junctor.router.Router;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.http.HttpCalleeConfig;
import io.junctor.router.config.http.OutgoingWebhookConfig;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.server.gateway.session.GatewaySession;
import io.junctor.server.gateway.session.WampJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs the outgoing webhooks and HTTP callees of all realms of a router. Thread-safe. */
public final class OutgoingServices implements AutoCloseable {
    private static final long DRAIN_STEP_MILLIS = 20;
    private static final Duration LONGEST_BEGINNING = Duration.ofSeconds(5);

    private final Router router;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("service-", 0).factory());
    private final HttpSender sender = new HttpSender(threads);
    private final GatewaySession.Formats formats =
            GatewaySession.Formats.of(ListenerLimits.DEFAULT, new WampJson(ListenerLimits.DEFAULT.depth()));

    @GuardedBy("this")
    private final Map<ServiceKey, RunningService> runningByKey = new HashMap<>();

    /** Services that are no longer in the configuration but still have work to finish. */
    @GuardedBy("this")
    private final List<OutgoingService> retired = new ArrayList<>();

    @GuardedBy("this")
    private boolean isClosed;

    /**
     * The key of a service in the configuration.
     *
     * @param key the name of a webhook, or the procedure of a callee
     */
    private record ServiceKey(String realm, String kind, String key) {
        String name() {
            return kind + ":" + key;
        }
    }

    /** A service with its configuration. */
    private record RunningService(Record config, OutgoingService service) {}

    private OutgoingServices(Router router) {
        this.router = router;
    }

    /** Starts the services in the configuration of {@code router}. */
    public static OutgoingServices open(Router router) {
        OutgoingServices services = new OutgoingServices(router);
        services.change(router.config());
        return services;
    }

    /** Ends the services that {@code next} removes or changes, and starts those that it adds or changes. */
    public synchronized void change(RouterConfig next) {
        if (isClosed) {
            return;
        }
        Map<ServiceKey, Record> wanted = new HashMap<>();
        for (RealmConfig realm : next.realms()) {
            realm.services()
                    .webhooks()
                    .forEach((name, config) -> wanted.put(new ServiceKey(realm.name(), "webhook", name), config));
            realm.services()
                    .callees()
                    .forEach((procedure, config) ->
                            wanted.put(new ServiceKey(realm.name(), "callee", procedure), config));
        }
        retired.removeIf(service -> service.waiting() == 0);
        for (Map.Entry<ServiceKey, RunningService> each : List.copyOf(runningByKey.entrySet())) {
            Record config = wanted.get(each.getKey());
            if (!each.getValue().config().equals(config)) {
                runningByKey.remove(each.getKey());
                replace(each.getKey(), each.getValue().service(), config);
            }
        }
        wanted.forEach((key, config) ->
                runningByKey.computeIfAbsent(key, added -> new RunningService(config, begin(added, config))));
    }

    /** Replaces a service. A webhook goes on until its successor has subscribed: an event may be delivered twice, but none is lost. */
    @GuardedBy("this")
    private void replace(ServiceKey key, OutgoingService old, @Nullable Record config) {
        if (old instanceof OutgoingWebhook && config != null) {
            OutgoingService next = begin(key, config);
            runningByKey.put(key, new RunningService(config, next));
            next.session().awaitBegun(LONGEST_BEGINNING);
        }
        old.retire();
        retired.add(old);
    }

    private OutgoingService begin(ServiceKey key, Record config) {
        ServiceResources tools = new ServiceResources(router, threads, sender, formats, key.realm(), key.name());
        return switch (config) {
            case OutgoingWebhookConfig webhook -> OutgoingWebhook.begin(webhook, tools);
            case HttpCalleeConfig callee -> HttpCallee.begin(callee, key.key(), tools);
            default -> throw new IllegalArgumentException("no service has such a configuration");
        };
    }

    /** From now on no service opens a session. Must be called before the router drains. */
    public synchronized void announceClosing() {
        all().forEach(service -> service.session().announceClosing());
    }

    /** Waits until no event waits for delivery, but at most {@code longest}. */
    public void drain(Duration longest) {
        long beginNanos = router.transportContext().timers().nanos();
        while (waiting() > 0 && router.transportContext().timers().nanos() - beginNanos < longest.toNanos()) {
            new CompletableFuture<Void>()
                    .completeOnTimeout(null, DRAIN_STEP_MILLIS, TimeUnit.MILLISECONDS)
                    .join();
        }
    }

    private synchronized long waiting() {
        return all().stream().mapToLong(OutgoingService::waiting).sum();
    }

    @GuardedBy("this")
    private List<OutgoingService> all() {
        List<OutgoingService> all = new ArrayList<>(retired);
        runningByKey.values().forEach(running -> all.add(running.service()));
        return all;
    }

    /** Ends all services. Undelivered events are counted and logged. */
    @Override
    public void close() {
        List<OutgoingService> all;
        synchronized (this) {
            isClosed = true;
            all = all();
            runningByKey.clear();
            retired.clear();
        }
        all.forEach(OutgoingService::close);
        sender.close();
        threads.shutdownNow();
        threads.close();
        all.forEach(OutgoingService::ended);
    }
}
