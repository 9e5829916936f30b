package io.junctor.client;

/**
 * Safe for use by many threads. What the router publishes for this session when it ends, however that comes about (section
 * "Session Testament"). Methods wait for the router and throw {@link WampException}: {@code wamp.error.not_authorized} if this
 * session may not publish there, {@code wamp.error.no_such_procedure} if the router keeps no testaments.
 */
public final class Testaments {
    private final Session session;

    Testaments(Session session) {
        this.session = session;
    }

    /** When a testament is published. Junctor publishes the first kind just before the second, as it keeps no sessions that left. */
    public enum Scope {
        /** When the session loses its connection. */
        DETACHED("detached"),
        /** When the session is gone. */
        DESTROYED("destroyed");

        private final String wire;

        Scope(String wire) {
            this.wire = wire;
        }
    }

    /** Leaves a publication; those of one session are published in the order they were added. */
    public void add(String topic, Args args) {
        add(topic, args, PublishOptions.DEFAULT);
    }

    /** The same with options; acknowledgement, and whether the publisher gets it, mean nothing here. It cannot be sealed. */
    public void add(String topic, Args args, PublishOptions options) {
        add(topic, args, options, Scope.DESTROYED);
    }

    /** The same for one of the scopes. */
    public void add(String topic, Args args, PublishOptions options, Scope scope) {
        if (options.scheme() != null) {
            throw new IllegalArgumentException("a testament cannot be sealed");
        }
        Args testament = Args.of(topic, args.positional(), args.keywords())
                .with("publish_options", options.dict().entries())
                .with("scope", scope.wire);
        session.call("wamp.session.add_testament", testament);
    }

    /** Forgets those of a scope that were added. */
    public void clear(Scope scope) {
        session.call("wamp.session.flush_testaments", Args.NONE.with("scope", scope.wire));
    }
}
