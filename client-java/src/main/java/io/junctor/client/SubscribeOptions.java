package io.junctor.client;

import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.MatchPolicy;

/** The options of a subscription (section "Subscribing and Unsubscribing"). Immutable; each method returns a copy. */
public final class SubscribeOptions {
    /** The topic itself, events from now on. */
    public static final SubscribeOptions DEFAULT = new SubscribeOptions(Dict.EMPTY);

    private final Dict dict;

    private SubscribeOptions(Dict dict) {
        this.dict = dict;
    }

    /** Every topic whose text begins with the one given: {@code plant.line1} also fits {@code plant.line10}. */
    public SubscribeOptions prefix() {
        return with("match", MatchPolicy.PREFIX.wire());
    }

    /** Every topic of as many parts, where empty parts fit anything: {@code plant..door}. */
    public SubscribeOptions wildcard() {
        return with("match", MatchPolicy.WILDCARD.wire());
    }

    /** First the event that the router keeps of the topic, if there is one: {@link PublishOptions#retained}. */
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
