package io.junctor.client;

import io.junctor.client.internal.SessionIdCheck;
import io.junctor.wamp.options.PassthruOptions;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.TraceContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of a publication (section "Publishing and Events"). Immutable; each method returns a copy.
 *
 * <p>By default the publishing session does not receive its own event; {@link #includeMe} changes that. The methods whose names
 * begin with {@code exclude} and {@code eligible} select the receivers by session id, authid or role. A session receives
 * the event if all conditions hold. An empty {@code eligible} list means no receiver. An empty {@code exclude} list has
 * no effect. A second call of the same method replaces the list.
 */
public final class PublishOptions {
    /** Without acknowledgement, to all subscribers except the publishing session itself. */
    public static final PublishOptions DEFAULT = new PublishOptions(Dict.EMPTY, null);

    private final Dict dict;
    private final io.junctor.wamp.options.PublishMessageOptions wire;
    private final @Nullable String scheme;

    private PublishOptions(Dict dict, @Nullable String scheme) {
        this.dict = dict;
        this.wire = io.junctor.wamp.options.PublishMessageOptions.of(dict);
        this.scheme = scheme;
    }

    /** Asks the router to acknowledge the publication, or to refuse it with a reason. */
    public PublishOptions acknowledged() {
        return with("acknowledge", true);
    }

    /** Sends the event to the publishing session too, if it is subscribed ({@code exclude_me: false}). */
    public PublishOptions includeMe() {
        return with("exclude_me", false);
    }

    /** Discloses the publisher to the subscribers, if the router allows it. */
    public PublishOptions discloseMe() {
        return with("disclose_me", true);
    }

    /** Asks the router to keep the event for later subscribers; see {@link SubscribeOptions#withRetained}. */
    public PublishOptions retained() {
        return with("retain", true);
    }

    /** Excludes these sessions from the receivers. */
    public PublishOptions exclude(long... sessions) {
        return with("exclude", SessionIdCheck.checked(sessions));
    }

    /** Excludes sessions with these authids from the receivers. */
    public PublishOptions excludeAuthid(String... authids) {
        return with("exclude_authid", List.of(authids));
    }

    /** Excludes sessions with these roles from the receivers. */
    public PublishOptions excludeAuthrole(String... authroles) {
        return with("exclude_authrole", List.of(authroles));
    }

    /** Restricts the receivers to these sessions. */
    public PublishOptions eligible(long... sessions) {
        return with("eligible", SessionIdCheck.checked(sessions));
    }

    /** Restricts the receivers to sessions with these authids. */
    public PublishOptions eligibleAuthid(String... authids) {
        return with("eligible_authid", List.of(authids));
    }

    /** Restricts the receivers to sessions with these roles. */
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

    /** Sets the trace that the publication belongs to; the subscribers receive it, see {@link Event#trace}. */
    public PublishOptions trace(TraceContext context) {
        return new PublishOptions(dict.with().putAll(context.toDict()).build(), scheme);
    }

    /** Returns the scheme, empty for the first codec, or null if the arguments are not sealed. */
    @Nullable
    String scheme() {
        return scheme;
    }

    Dict dict() {
        return dict;
    }

    io.junctor.wamp.options.PublishMessageOptions toWire(@Nullable PassthruOptions passthru) {
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
