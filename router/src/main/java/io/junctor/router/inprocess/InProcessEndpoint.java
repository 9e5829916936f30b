package io.junctor.router.inprocess;

import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.connection.transport.TransportContext;
import io.junctor.router.connection.transport.TrustedIdentity;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.router.metrics.TransportCounters;
import io.junctor.router.turn.Pass;
import io.junctor.wamp.inprocess.InProcessConnection;
import io.junctor.wamp.inprocess.InProcessRouter;
import io.junctor.wamp.value.Serializer;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint by which clients in the same process connect to a router. Clients authenticate as clients that connect over a socket do,
 * unless {@link #as} gives them an identity. Immutable and thread-safe.
 */
public final class InProcessEndpoint implements InProcessRouter {
    private final TransportContext context;
    private final Executor workers;
    private final BooleanSupplier closing;
    private final Settings settings;
    private final TransportCounters counters;

    /**
     * The settings that the embedding program can change.
     *
     * @param limits the limits of each connection
     * @param identity the identity of clients, or null if they authenticate
     * @param origin the origin of the clients
     */
    record Settings(ListenerLimits limits, @Nullable TrustedIdentity identity, ClientOrigin origin) {}

    private InProcessEndpoint(TransportContext context, Executor workers, BooleanSupplier closing, Settings settings) {
        this.context = context;
        this.workers = workers;
        this.closing = closing;
        this.settings = settings;
        this.counters = context.counters().of(settings.origin().transport());
    }

    /**
     * An endpoint with the default limits.
     *
     * @param workers runs the tasks that pass messages between client and router
     * @param closing whether the router shuts down
     */
    public static InProcessEndpoint of(TransportContext context, Executor workers, BooleanSupplier closing) {
        return new InProcessEndpoint(
                context, workers, closing, new Settings(ListenerLimits.DEFAULT, null, ClientOrigin.THIS_PROCESS));
    }

    /**
     * The same endpoint for clients that need not authenticate, because the program that embeds the router vouches for them: their sessions
     * get this authid and this role of their realm. Their {@code authmethod} is {@code trusted}.
     */
    public InProcessEndpoint as(String authid, String authrole) {
        return with(new Settings(settings.limits(), new TrustedIdentity(authid, authrole), settings.origin()));
    }

    /**
     * The same endpoint with other limits of each connection. Time limits have no effect, because a client in the same process is always
     * reachable.
     */
    public InProcessEndpoint limits(ListenerLimits limits) {
        return with(new Settings(limits, settings.identity(), settings.origin()));
    }

    /**
     * The same endpoint for clients that connect on behalf of others. Their logins, logs and metrics are those of a client at this
     * origin.
     */
    public InProcessEndpoint onBehalfOf(ClientOrigin origin) {
        return with(new Settings(settings.limits(), settings.identity(), origin));
    }

    private InProcessEndpoint with(Settings others) {
        return new InProcessEndpoint(context, workers, closing, others);
    }

    @Override
    public InProcessConnection connect(Serializer serializer, int receiveLimitBytes) {
        if (closing.getAsBoolean() || context.limit().isFull()) {
            counters.increment(TransportCounter.CONNECTIONS_REFUSED);
            throw new IllegalStateException(problem());
        }
        context.limit().onOpened();
        counters.increment(TransportCounter.CONNECTIONS_OPENED);
        InProcessLink link =
                new InProcessLink(serializer, receiveLimitBytes, settings, workers, counters, this::onEnded);
        try {
            Pass.run(() -> link.open(context.acceptor().accept(link.routerEnd())));
        } catch (RuntimeException | Error fault) {
            // Otherwise the connection would be counted for ever.
            link.close();
            throw fault;
        }
        return link;
    }

    private String problem() {
        if (closing.getAsBoolean()) {
            return "the router shuts down";
        }
        return context.limit().isMemoryLow()
                ? "the router is low on memory"
                : "the router has as many connections as it may have: "
                        + context.limit().most();
    }

    private void onEnded() {
        context.limit().onClosed();
        counters.increment(TransportCounter.CONNECTIONS_CLOSED);
    }
}
