package io.junctor.router.meta;

import io.junctor.router.turn.InTurn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a long list that a caller asks for by the keyword arguments {@code offset} (0 by default) and {@code limit} ({@value #MOST} by
 * default and at most).
 *
 * @param offset the number of entries before the part
 * @param limit the most entries of the part
 */
public record Page(int offset, int limit) {
    /** The maximum number of entries of a part. It is limited because the entries are read in the turn. */
    public static final int MOST = 500;

    /** The part that {@code arguments} ask for. */
    public static Page of(MetaArguments arguments) {
        return new Page(
                arguments.optionalNumber("offset", 0, Integer.MAX_VALUE),
                arguments.optionalNumber("limit", MOST, MOST));
    }

    /**
     * The answer: a dictionary with the number of all entries and a list with the result of {@code row} for each entry of the part. It is
     * encoded outside of the turn.
     *
     * @param row converts an entry to a dictionary, in the turn; the dictionary must not change later
     */
    @InTurn
    public <T> MetaAnswer answer(int total, List<T> part, Function<T, Map<String, @Nullable Object>> row) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>(part.size());
        part.forEach(entry -> rows.add(row.apply(entry)));
        Map<String, Object> result = Map.of("total", (long) total, "rows", rows);
        return new MetaAnswer.Later(CompletableFuture.completedFuture(() -> MetaAnswer.of(result)));
    }
}
