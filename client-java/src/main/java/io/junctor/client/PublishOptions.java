package io.junctor.client;

import io.junctor.client.internal.SessionIdCheck;
import io.junctor.wamp.options.Passthru;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.TraceContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of a publication (section "Publishing and Events"). Immutable; each method returns a copy.
 *
 * <p>By default the publishing session does not get its own event; {@link #includeMe} changes that. The methods that
 * begin with {@code exclude} and {@code eligible} choose the receivers by session id, authid or role. A session gets
 * the event if all conditions hold. An empty {@code eligible} list means no receiver. An empty {@code exclude} list has
 * no effect. A method that is called twice replaces the first list.
 */
public final class PublishOptions {
    /** Not acknowledged, to all subscribers except the publishing session itself. */
    public static final PublishOptions DEFAULT = new PublishOptions(Dict.EMPTY, null);

    private final Dict dict;
    private final io.junctor.wamp.options.PublishMessageOptions wire;
    private final @Nullable String scheme;

    private PublishOptions(Dict dict, @Nullable String scheme) {
        this.dict = dict;
        this.wire = io.junctor.wamp.options.PublishMessageOptions.of(dict);
        this.scheme = scheme;
    }

    /** The router acknowledges the publication or refuses it with a reason. */
    public PublishOptions acknowledged() {
        return with("acknowledge", true);
    }

    /** The publishing session gets its own event too if it is subscribed ({@code exclude_me: false}). */
    public PublishOptions includeMe() {
        return with("exclude_me", false);
    }

    /** Discloses the publisher to the subscribers, if the router allows it. */
    public PublishOptions discloseMe() {
        return with("disclose_me", true);
    }

    /** The router keeps the event for later subscribers; see {@link SubscribeOptions#withRetained}. */
    public PublishOptions retained() {
        return with("retain", true);
    }

    /** These sessions do not get the event. */
    public PublishOptions exclude(long... sessions) {
        return with("exclude", SessionIdCheck.checked(sessions));
    }

    /** Sessions with these authids do not get the event. */
    public PublishOptions excludeAuthid(String... authids) {
        return with("exclude_authid", List.of(authids));
    }

    /** Sessions with these roles do not get the event. */
    public PublishOptions excludeAuthrole(String... authroles) {
        return with("exclude_authrole", List.of(authroles));
    }

    /** Only these sessions get the event. */
    public PublishOptions eligible(long... sessions) {
        return with("eligible", SessionIdCheck.checked(sessions));
    }

    /** Only sessions with these authids get the event. */
    public PublishOptions eligibleAuthid(String... authids) {
        return with("eligible_authid", List.of(authids));
    }

    /** Only sessions with these roles get the event. */
    public PublishOptions eligibleAuthrole(String... authroles) {
        return with("eligible_authrole", List.of(authroles));
    }

    /**
     * Encodes the arguments with the first codec of {@link Client.Builder#payloadCodecs}, so that the router cannot
     * read them.
     */
    public PublishOptions sealed() {
        return sealed("");
    }

    /** Encodes the arguments with the codec of this scheme. */
    public PublishOptions sealed(String codecScheme) {
        return new PublishOptions(dict, codecScheme);
    }

    /** The trace that the publication belongs to; the subscribers get it, see {@link Event#trace}. */
    public PublishOptions trace(TraceContext context) {
        return new PublishOptions(dict.with().putAll(context.toDict()).build(), scheme);
    }

    /** The scheme, empty for the first codec, or null if not sealed. */
    @Nullable
    String scheme() {
        return scheme;
    }

    Dict dict() {
        return dict;
    }

    io.junctor.wamp.options.PublishMessageOptions toWire(@Nullable Passthru passthru) {
        if (passthru == null) {
            return wire;
        }
        return new io.junctor.wamp.options.PublishMessageOptions(
                wire.acknowledge(),
                wire.excludeMe(),
                wire.discloseMe(),
                wire.retain(),
                wire.audience(),
                passthru,
                wire.forwardFor(),
                wire.extra());
    }

    private PublishOptions with(String key, Object value) {
        return new PublishOptions(dict.with().put(key, value).build(), scheme);
    }
}
