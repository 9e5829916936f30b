package io.junctor.client;

import io.junctor.wamp.options.Passthru;
import io.junctor.wamp.value.Dict;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. How to publish (section "Publishing and Events").
 *
 * <p>The methods that begin with {@code exclude} and {@code eligible} choose the receivers by session, authid or role. All
 * conditions must hold; {@code eligible} without anybody is nobody, {@code exclude} without anybody is no condition. Given
 * twice, the later one counts.
 */
public final class PublishOptions {
    /** Not acknowledged; every subscriber but the publishing session itself gets the event. */
    public static final PublishOptions DEFAULT = new PublishOptions(Dict.EMPTY, null);

    private final Dict dict;
    private final io.junctor.wamp.options.PublishMessageOptions wire;
    private final @Nullable String scheme;

    private PublishOptions(Dict dict, @Nullable String scheme) {
        this.dict = dict;
        this.wire = io.junctor.wamp.options.PublishMessageOptions.of(dict);
        this.scheme = scheme;
    }

    /** The router says that it has taken the publication, or why not. */
    public PublishOptions acknowledged() {
        return with("acknowledge", true);
    }

    /** The publishing session gets the event too, if it is subscribed. */
    public PublishOptions includeMe() {
        return with("exclude_me", false);
    }

    /** Subscribers are told who published, if the router allows it. */
    public PublishOptions discloseMe() {
        return with("disclose_me", true);
    }

    /** The router keeps the event for those who subscribe later, {@link SubscribeOptions#withRetained}. */
    public PublishOptions retained() {
        return with("retain", true);
    }

    /** These sessions do not get the event. */
    public PublishOptions exclude(long... sessions) {
        return with("exclude", SessionIds.ids(sessions));
    }

    /** These sessions do not get the event. */
    public PublishOptions exclude(Collection<Long> sessions) {
        return with("exclude", SessionIds.ids(sessions));
    }

    /** SessionMetaApi with these authids do not get the event. */
    public PublishOptions excludeAuthid(String... authids) {
        return with("exclude_authid", List.of(authids));
    }

    /** SessionMetaApi with these authids do not get the event. */
    public PublishOptions excludeAuthid(Collection<String> authids) {
        return with("exclude_authid", List.copyOf(authids));
    }

    /** SessionMetaApi with these roles do not get the event. */
    public PublishOptions excludeAuthrole(String... authroles) {
        return with("exclude_authrole", List.of(authroles));
    }

    /** SessionMetaApi with these roles do not get the event. */
    public PublishOptions excludeAuthrole(Collection<String> authroles) {
        return with("exclude_authrole", List.copyOf(authroles));
    }

    /** Only these sessions get the event. */
    public PublishOptions eligible(long... sessions) {
        return with("eligible", SessionIds.ids(sessions));
    }

    /** Only these sessions get the event. */
    public PublishOptions eligible(Collection<Long> sessions) {
        return with("eligible", SessionIds.ids(sessions));
    }

    /** Only sessions with these authids get the event. */
    public PublishOptions eligibleAuthid(String... authids) {
        return with("eligible_authid", List.of(authids));
    }

    /** Only sessions with these authids get the event. */
    public PublishOptions eligibleAuthid(Collection<String> authids) {
        return with("eligible_authid", List.copyOf(authids));
    }

    /** Only sessions with these roles get the event. */
    public PublishOptions eligibleAuthrole(String... authroles) {
        return with("eligible_authrole", List.of(authroles));
    }

    /** Only sessions with these roles get the event. */
    public PublishOptions eligibleAuthrole(Collection<String> authroles) {
        return with("eligible_authrole", List.copyOf(authroles));
    }

    /** The router cannot read the arguments: the first codec of {@link Client#payloadCodecs} seals them. */
    public PublishOptions sealed() {
        return sealed("");
    }

    /** The same with the codec of this scheme. */
    public PublishOptions sealed(String codecScheme) {
        return new PublishOptions(dict, codecScheme);
    }

    /** Null if not sealed, empty for the client's first codec. */
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
