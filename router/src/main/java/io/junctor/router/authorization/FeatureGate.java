package io.junctor.router.authorization;

import io.junctor.router.config.RealmFeatures;
import io.junctor.router.reply.Refusal;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Cancel;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.SessionMessage;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Unregister;
import io.junctor.wamp.message.Unsubscribe;
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.options.Audience;
import io.junctor.wamp.options.CallMessageOptions;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.InvokePolicy;
import io.junctor.wamp.options.PublishMessageOptions;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.options.SubscribeMessageOptions;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.WampError;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses messages that use a feature which the realm has switched off. The router does not announce such a feature. If the router ignored
 * the feature and handled the request, the sender would get an unexpected result.
 */
final class FeatureGate {
    private final Set<Feature> off;

    private FeatureGate(Set<Feature> off) {
        this.off = off;
    }

    /** The gate for a realm with {@code features}; null if all features are on. */
    static @Nullable FeatureGate of(RealmFeatures features) {
        return features.off().isEmpty() ? null : new FeatureGate(features.off());
    }

    /** Refuses an allowed {@code message} if it uses a feature that is switched off; else returns {@code verdict}. */
    Verdict check(FromClient message, Verdict verdict) {
        if (!(verdict instanceof Verdict.Allowed)) {
            return verdict;
        }
        Refusal refusal = refusal(message);
        return refusal == null ? verdict : new Verdict.Refused(refusal);
    }

    /** The reason to refuse a publication with {@code options}, or null. */
    @Nullable
    Refusal refusal(PublishMessageOptions options) {
        return first(
                refusalIf(
                        options.audience() != Audience.ALL,
                        "exclude and eligible",
                        Feature.SUBSCRIBER_BLACKWHITE_LISTING),
                refusalIf(!options.excludeMe(), "exclude_me", Feature.PUBLISHER_EXCLUSION),
                refusalIf(options.retain(), "retain", Feature.EVENT_RETENTION));
    }

    private @Nullable Refusal refusal(FromClient message) {
        return switch (message) {
            case Publish publish -> refusal(publish.options());
            case Subscribe subscribe -> refusal(subscribe.options());
            case Call call -> refusal(call.options());
            // CANCEL has no answer, so the router drops a refused CANCEL.
            case Cancel cancel -> refusalIf(true, "mode", Feature.CALL_CANCELING);
            case Register register -> refusal(register.options());
            case Unsubscribe unsubscribe -> null;
            case Unregister unregister -> null;
            case SessionMessage other -> null;
            case ErrorMessage error -> null;
            case Yield yield -> null;
        };
    }

    private @Nullable Refusal refusal(SubscribeMessageOptions options) {
        return first(
                refusalIf(options.match() != MatchPolicy.EXACT, "match", Feature.PATTERN_BASED_SUBSCRIPTION),
                refusalIf(options.withRetained(), "get_retained", Feature.EVENT_RETENTION));
    }

    private @Nullable Refusal refusal(CallMessageOptions options) {
        return first(
                refusalIf(options.receiveProgress(), "receive_progress", Feature.PROGRESSIVE_CALL_RESULTS),
                refusalIf(options.timeoutMillis() > 0, "timeout", Feature.CALL_TIMEOUT));
    }

    private @Nullable Refusal refusal(RegisterMessageOptions options) {
        return first(
                refusalIf(options.match() != MatchPolicy.EXACT, "match", Feature.PATTERN_BASED_REGISTRATION),
                refusalIf(options.invoke() != InvokePolicy.SINGLE, "invoke", Feature.SHARED_REGISTRATION),
                refusalIf(options.forwardTimeout(), "forward_timeout", Feature.CALL_TIMEOUT));
    }

    private @Nullable Refusal refusalIf(boolean needed, String option, Feature feature) {
        return needed && off.contains(feature)
                ? Refusal.of(
                        WampError.OPTION_NOT_ALLOWED,
                        "option " + option + " needs " + feature.wire()
                                + ", which this realm has switched off (features)")
                : null;
    }

    private static @Nullable Refusal first(@Nullable Refusal... refusals) {
        for (Refusal refusal : refusals) {
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }
}
