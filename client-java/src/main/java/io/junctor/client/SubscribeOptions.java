package io.junctor.client;

import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.MatchPolicy;

/** The options of a subscription (section "Subscribing and Unsubscribing"). Immutable; each method returns a copy. */
public final class SubscribeOptions {
    /** Match policy {@code exact}, without the retained event. */
    public static final SubscribeOptions DEFAULT = new SubscribeOptions(Dict.EMPTY);

    private final Dict dict;

    private SubscribeOptions(Dict dict) {
        this.dict = dict;
    }

    /** Match policy {@code prefix}: {@code plant.line1} also matches {@code plant.line10}. */
    public SubscribeOptions prefix() {
        return with("match", MatchPolicy.PREFIX.wire());
    }

    /** Match policy {@code wildcard}: in {@code plant..door} the empty component matches any component. */
    public SubscribeOptions wildcard() {
        return with("match", MatchPolicy.WILDCARD.wire());
    }

    /** Asks for the retained event of the topic, if there is one, before new events; see {@link PublishOptions#retained}. */
    public SubscribeOptions withRetained() {
        return with("get_retained", true);
    }

    io.junctor.wamp.options.SubscribeMessageOptions toWire() {
        return io.junctor.wamp.options.SubscribeMessageOptions.of(dict);
    }

    private SubscribeOptions with(String key, Object value) {
        return new SubscribeOptions(dict.with().put(key, value).build());
    }
}
