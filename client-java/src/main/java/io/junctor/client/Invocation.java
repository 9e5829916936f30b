package io.junctor.client;

import io.junctor.client.internal.RequestException;
import io.junctor.client.internal.engine.IncomingInvocation;
import io.junctor.client.internal.engine.ProgressiveInvocation;
import io.junctor.wamp.options.InvocationDetails;
import io.junctor.wamp.value.TraceContext;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A call that a handler answers (section "Calling and Invocations"). Thread-safe, except that only one thread may iterate
 * {@link #parts}.
 */
public final class Invocation extends ReceivedArguments {
    private final String registered;
    private final String procedure;
    private final ValueConverter conversion;
    private final InvocationDetails details;
    private final ProgressiveInvocation conversation;

    Invocation(
            String registered,
            IncomingInvocation incoming,
            ProgressiveInvocation conversation,
            ValueConverter conversion) {
        super(incoming.arguments(), conversion);
        this.registered = registered;
        this.details = incoming.invocation().details();
        this.procedure =
                details.procedure() == null ? registered : details.procedure().text();
        this.conversation = conversation;
        this.conversion = conversion;
    }

    /** The called procedure, also for a pattern-based registration. */
    public String procedure() {
        return procedure;
    }

    /**
     * The caller, if it is disclosed; see {@link CallOptions#discloseMe} and {@link RegisterOptions#discloseCaller}.
     */
    public Optional<PeerIdentity> caller() {
        return PeerIdentity.of(details.caller());
    }

    /** The trust level of the caller, of which 0 is the lowest; empty if the router has no trust levels. */
    public OptionalLong trustLevel() {
        return ReceivedArguments.optional(details.trustLevel());
    }

    /** The timeout of the call if the callee must apply it; see {@link RegisterOptions#forwardTimeout}. */
    public Optional<Duration> timeout() {
        return details.timeoutMillis() == 0
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(details.timeoutMillis()));
    }

    /** The trace that the call belongs to, if the caller or the router sent a trace; see {@link CallOptions#trace}. */
    public Optional<TraceContext> trace() {
        return Optional.ofNullable(TraceContext.of(details.extra()));
    }

    /** Returns an object that sends progressive results. Empty if the caller does not accept them. */
    public Optional<Progress> progress() {
        return details.receiveProgress() ? Optional.of(this::sendPart) : Optional.empty();
    }

    /**
     * Returns all parts of a progressive call as they arrive, beginning with this invocation. A call that is not progressive
     * has one part. May be iterated once, by one thread. Waiting for a part fails with {@link WampException} when the call is
     * canceled.
     */
    public Iterable<Invocation> parts() {
        return PartIterator::new;
    }

    private void sendPart(Args args) {
        try {
            conversation.sendPart(conversion.write(args));
        } catch (RequestException failure) {
            throw Futures.translated(failure);
        }
    }

    /** Returns the procedure, without arguments, for logs. */
    @Override
    public String toString() {
        return "invocation of " + procedure;
    }

    private final class PartIterator implements Iterator<Invocation> {
        private @Nullable Invocation next = Invocation.this;
        private boolean more = details.progress();

        @Override
        public boolean hasNext() {
            if (next == null && more) {
                IncomingInvocation part = nextPart();
                next = new Invocation(registered, part, conversation, conversion);
                more = next.details.progress();
            }
            return next != null;
        }

        private IncomingInvocation nextPart() {
            try {
                return conversation.nextPart();
            } catch (RequestException failure) {
                throw Futures.translated(failure);
            }
        }

        @Override
        public Invocation next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException("that was the last part");
            }
            Invocation part = next;
            next = null;
            return part;
        }
    }
}
