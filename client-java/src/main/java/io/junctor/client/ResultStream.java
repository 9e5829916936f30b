package io.junctor.client;

import io.junctor.client.internal.engine.PendingCall;
import io.junctor.wamp.options.CancelMode;
import io.junctor.wamp.value.Arguments;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Iterated by one thread; closed by any. The partial results of a call as they arrive (section "Progressive Call Results").
 *
 * <p>Results that nobody has taken yet count as handlers' backlog, so a reader that is too slow makes the client stop reading:
 * take them, or close. Waiting fails with {@link WampException} as the call does.
 */
public final class ResultStream implements Iterable<Result>, AutoCloseable {
    private final PendingCall call;
    private final ValueConverter conversion;
    private final CancelMode mode;
    private boolean iterated;

    ResultStream(PendingCall call, ValueConverter conversion, CancelMode mode) {
        this.call = call;
        this.conversion = conversion;
        this.mode = mode;
    }

    /** The partial results, in order; to be asked for once. The end of the call ends it, and a failure is thrown there. */
    @Override
    public Iterator<Result> iterator() {
        if (iterated) {
            throw new IllegalStateException("the results were already asked for");
        }
        iterated = true;
        return new Parts();
    }

    /** The partial results, in order; in place of {@link #iterator}. Closing the stream closes this. */
    public Stream<Result> stream() {
        int traits = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator(), traits), false)
                .onClose(this::close);
    }

    /** Waits for the final result. Partial results that were not taken before are dropped. */
    public Result result() {
        call.parts().discard();
        return new Result(Futures.await(call.result()), conversion);
    }

    /** Cancels the call if it is not over. */
    @Override
    public void close() {
        if (!call.result().isDone()) {
            call.abandon(mode);
        }
        call.parts().discard();
    }

    private final class Parts implements Iterator<Result> {
        private @Nullable Result next;

        @Override
        public boolean hasNext() {
            if (next == null) {
                Arguments arguments = taken();
                next = arguments == null ? null : new Result(arguments, conversion);
            }
            return next != null;
        }

        @Override
        public Result next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException("that was the last partial result");
            }
            Result part = next;
            next = null;
            return part;
        }

        private @Nullable Arguments taken() {
            try {
                return call.parts().next();
            } catch (RuntimeException thrown) {
                throw Futures.translated(thrown);
            }
        }
    }
}
