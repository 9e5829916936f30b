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
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Refuses messages that use a feature which the realm has switched off. The router does not announce such a feature,
 * and a request that were handled without it would do something else than its sender expects.
 */
public final class FeatureGate {
    private final boolean hasAllFeatures;
    private final Map<Feature, Refusal> refusals = new EnumMap<>(Feature.class);

    /** A gate for a realm with {@code features}. */
    public FeatureGate(RealmFeatures features) {
        this.hasAllFeatures = features.off().isEmpty();
        for (Feature feature : features.off()) {
            String text = "an option of this request needs " + feature.wire() + ", which this realm has switched off";
            refusals.put(feature, Refusal.of(WampError.OPTION_NOT_ALLOWED, text));
        }
    }

    /** Refuses an allowed {@code message} if it uses a feature that is switched off; else returns {@code verdict}. */
    public Verdict check(FromClient message, Verdict verdict) {
        if (hasAllFeatures || !(verdict instanceof Verdict.Allowed)) {
            return verdict;
        }
        Refusal refusal = refusal(message);
        return refusal == null ? verdict : new Verdict.Refused(refusal);
    }

    /** Why a publication with {@code options} is refused, or null. */
    public @Nullable Refusal refusal(PublishMessageOptions options) {
        return first(
                refusalIf(options.audience() != Audience.ALL, Feature.SUBSCRIBER_BLACKWHITE_LISTING),
                refusalIf(!options.excludeMe(), Feature.PUBLISHER_EXCLUSION),
                refusalIf(options.retain(), Feature.EVENT_RETENTION));
    }

    private @Nullable Refusal refusal(FromClient message) {
        return switch (message) {
            case Publish publish -> refusal(publish.options());
            case Subscribe subscribe -> refusal(subscribe.options());
            case Call call -> refusal(call.options());
            // CANCEL has no answer: the router drops it.
            case Cancel cancel -> refusals.get(Feature.CALL_CANCELING);
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
                refusalIf(options.match() != MatchPolicy.EXACT, Feature.PATTERN_BASED_SUBSCRIPTION),
                refusalIf(options.withRetained(), Feature.EVENT_RETENTION));
    }

    private @Nullable Refusal refusal(CallMessageOptions options) {
        return first(
                refusalIf(options.receiveProgress(), Feature.PROGRESSIVE_CALL_RESULTS),
                refusalIf(options.timeoutMillis() > 0, Feature.CALL_TIMEOUT));
    }

    private @Nullable Refusal refusal(RegisterMessageOptions options) {
        return first(
                refusalIf(options.match() != MatchPolicy.EXACT, Feature.PATTERN_BASED_REGISTRATION),
                refusalIf(options.invoke() != InvokePolicy.SINGLE, Feature.SHARED_REGISTRATION),
                refusalIf(options.forwardTimeout(), Feature.CALL_TIMEOUT));
    }

    private @Nullable Refusal refusalIf(boolean needed, Feature feature) {
        return needed ? refusals.get(feature) : null;
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
