package io.junctor.client;

/**
 * The testaments of this session: publications that the router makes when the session ends for any reason (section "Session
 * Testament"). Thread-safe.
 *
 * <p>Methods wait for the router. They throw {@link WampException} with {@code wamp.error.not_authorized} if the role
 * of this session does not allow the procedure or the publication, and with {@code wamp.error.no_such_procedure} if the
 * router has no testaments.
 */
public final class Testaments {
    private final Session session;

    Testaments(Session session) {
        this.session = session;
    }

    /** The time at which a testament is published. Junctor publishes both kinds when the session ends, {@code DETACHED} first. */
    public enum Scope {
        /** When the session loses its transport. */
        DETACHED("detached"),
        /** When the session ends. */
        DESTROYED("destroyed");

        private final String wire;

        Scope(String wire) {
            this.wire = wire;
        }
    }

    /** Adds a testament. Testaments of one session are published in the order in which they were added. */
    public void add(String topic, Args args) {
        add(topic, args, PublishOptions.DEFAULT);
    }

    /**
     * Adds a testament with options. The options {@code acknowledged} and {@code includeMe} have no effect.
     *
     * @throws IllegalArgumentException if the options are {@code sealed}
     */
    public void add(String topic, Args args, PublishOptions options) {
        add(topic, args, options, Scope.DESTROYED);
    }

    /** Adds a testament with options and a scope. */
    public void add(String topic, Args args, PublishOptions options, Scope scope) {
        if (options.scheme() != null) {
            throw new IllegalArgumentException("a testament cannot be sealed");
        }
        Args testament = Args.of(topic, args.positional(), args.keywords())
                .with("publish_options", options.dict().entries())
                .with("scope", scope.wire);
        session.call("wamp.session.add_testament", testament);
    }

    /** Removes all testaments of a scope. */
    public void clear(Scope scope) {
        session.call("wamp.session.flush_testaments", Args.NONE.with("scope", scope.wire));
    }
}
