package io.junctor.cluster.nats;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.EngineException;
import io.junctor.cluster.engine.EngineProvider;
import io.junctor.cluster.engine.RouterId;

/** Opens engines on NATS servers. Thread-safe. */
public final class NatsEngines implements EngineProvider {
    private final NatsSettings settings;

    /** Creates a provider of engines for the cluster that the settings name. */
    public NatsEngines(NatsSettings settings) {
        this.settings = settings;
    }

    /** Inspects the servers, the streams and the records of the routers. Takes 2 s for each server that does not answer. */
    public NatsReport report(RouterId router) {
        return NatsReport.of(settings, router);
    }

    /**
     * Connects to the first server that answers, creates the streams that are absent, and checks that the server does what a cluster needs.
     * Takes 2 s for each server that does not answer.
     *
     * @throws EngineException if no server answers, the login is refused, the server is too old or without JetStream, a permission is missing,
     *     or a stream has other settings than a cluster needs
     */
    @Override
    public Engine open(RouterId router) {
        return new EngineOpening(settings, router).open();
    }
}
