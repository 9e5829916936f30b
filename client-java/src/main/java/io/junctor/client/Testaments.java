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

    /** Leaves a publication; those of one session are published in the order they were added. */
    public void add(String topic, Args args) {
        add(topic, args, PublishOptions.DEFAULT);
    }

    /** The same with options; acknowledgement, and whether the publisher gets it, mean nothing here. It cannot be sealed. */
    public void add(String topic, Args args, PublishOptions options) {
        if (options.scheme() != null) {
            throw new IllegalArgumentException("a testament cannot be sealed");
        }
        Args testament = Args.of(topic, args.positional(), args.keywords())
                .with("publish_options", options.dict().entries());
        session.call("wamp.session.add_testament", testament);
    }

    /** Forgets all that were added. */
    public void clear() {
        session.call("wamp.session.flush_testaments");
    }
}
