package io.junctor.router.broker;

import io.junctor.router.meta.MetaAnswer;
import io.junctor.router.meta.MetaArguments;
import io.junctor.router.meta.MetaProcedure;
import io.junctor.router.meta.Page;
import io.junctor.router.turn.InTurn;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers calls to {@code junctor.topic.list}: lists the subscriptions of the realm with their numbers of subscribers, publications and
 * retained events.
 */
final class TopicListing {
    private final SubscriptionTable table;
    private final RetainedEvents retained;

    TopicListing(SubscriptionTable table, RetainedEvents retained) {
        this.table = table;
        this.retained = retained;
    }

    /** The procedure by URI. */
    Map<String, MetaProcedure> byUri() {
        return Map.of("junctor.topic.list", (caller, arguments) -> list(arguments));
    }

    @InTurn
    private MetaAnswer list(MetaArguments arguments) {
        Page page = Page.of(arguments);
        return page.answer(table.size(), table.some(page.offset(), page.limit()), this::row);
    }

    @InTurn
    private Map<String, @Nullable Object> row(Subscription subscription) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>(subscription.describe());
        row.put("subscribers", (long) subscription.subscribers.size());
        row.put("publications", subscription.publications);
        row.put("retained", (long) retained.count(subscription.uri()));
        row.put("history", subscription.history != null);
        return row;
    }
}
