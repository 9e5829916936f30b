package io.junctor.cluster.engine;

/** Opens engines of one cluster. Thread-safe. */
@FunctionalInterface
public interface EngineProvider {
    /**
     * Connects a router. May block for as long as it takes to find out whether the system answers.
     *
     * @throws EngineException if that fails
     */
    Engine open(RouterId router);
}
