package io.junctor.cluster.engine;

/** Opens engines of one cluster. Thread-safe. */
@FunctionalInterface
public interface EngineProvider {
    /**
     * Connects a router. May block until the system that connects the routers has answered, or has not answered in time.
     *
     * @throws EngineException if the router cannot be connected
     */
    Engine open(RouterId router);
}
