package io.junctor.client;

import io.junctor.wamp.options.Audience;
import io.junctor.wamp.value.Dict;
import java.util.List;

/** Immutable. How to publish (section "Publishing and Events"). */
public final class PublishOptions {
    /** Not acknowledged; the publishing session itself gets no event. */
    public static final PublishOptions DEFAULT = new PublishOptions(false, true);

    private final boolean acknowledge;
    private final boolean excludeMe;

    private PublishOptions(boolean acknowledge, boolean excludeMe) {
        this.acknowledge = acknowledge;
        this.excludeMe = excludeMe;
    }

    /** The router says that it has taken the publication, or why not. */
    public PublishOptions acknowledged() {
        return new PublishOptions(true, excludeMe);
    }

    /** The publishing session gets the event too, if it is subscribed. */
    public PublishOptions includeMe() {
        return new PublishOptions(acknowledge, false);
    }

    io.junctor.wamp.options.PublishOptions toWire() {
        return new io.junctor.wamp.options.PublishOptions(
                acknowledge, excludeMe, false, false, Audience.ALL, null, List.of(), Dict.EMPTY);
    }
}
