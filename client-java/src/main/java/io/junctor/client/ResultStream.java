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
 * The progressive results of a call as they arrive (section "Progressive Call Results"). May be iterated by one thread, and closed
 * by any thread.
 *
 * <p>Unread results count towards {@link Client.Builder#handlerBacklog}: if too many wait, the client stops reading from the router. So
 * read all results or close the stream. Waiting fails with the {@link WampException} of the call.
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

    /**
     * Returns the progressive results, in order. May be called once. The iteration ends with the call; if the call fails, the iterator
     * throws the failure.
     */
    @Override
    public Iterator<Result> iterator() {
        if (iterated) {
            throw new IllegalStateException("the results can be iterated once only");
        }
        iterated = true;
        return new ResultIterator();
    }

    /** Returns the progressive results, in order, as an alternative to {@link #iterator}. Closing the stream closes this object. */
    public Stream<Result> stream() {
        int traits = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator(), traits), false)
                .onClose(this::close);
    }

    /** Waits for the final result. Progressive results that were not read are dropped. */
    public Result result() {
        call.parts().discard();
        return new Result(Futures.await(call.result()), conversion);
    }

    /** Cancels the call if it has not ended. */
    @Override
    public void close() {
        if (!call.result().isDone()) {
            call.abandon(mode);
        }
        call.parts().discard();
    }

    private final class ResultIterator implements Iterator<Result> {
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
                throw new NoSuchElementException("that was the last progressive result");
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
