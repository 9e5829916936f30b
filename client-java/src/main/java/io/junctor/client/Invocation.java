package io.junctor.client;

import io.junctor.client.internal.RequestFailure;
import io.junctor.client.internal.engine.IncomingInvocation;
import io.junctor.client.internal.engine.ProgressiveInvocation;
import io.junctor.wamp.options.InvocationDetails;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Immutable, except for the order of its parts. A call that is to be answered (section "Calling and Invocations"). */
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

    /** The procedure that was called. */
    public String procedure() {
        return procedure;
    }

    /** Who calls, if that is disclosed: {@link CallOptions#discloseMe}, {@link RegisterOptions#discloseCaller}. */
    public Optional<PeerIdentity> caller() {
        return PeerIdentity.of(details.caller());
    }

    /** How far the router trusts the caller, 0 lowest; empty where it has no such rules. */
    public OptionalLong trustLevel() {
        return ReceivedArguments.optional(details.trustLevel());
    }

    /** How long the call may take, if it is for this side to keep that time: {@link RegisterOptions#forwardTimeout}. */
    public Optional<Duration> timeout() {
        return details.timeoutMillis() == 0
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(details.timeoutMillis()));
    }

    /** Sends partial results; empty if the caller wants none, and that may be ignored. */
    public Optional<Progress> progress() {
        return details.receiveProgress() ? Optional.of(this::sendPart) : Optional.empty();
    }

    /**
     * All parts of the call as they arrive, this invocation first; only this one where the call came whole. To be iterated
     * once, by one thread. Waiting for a part fails with {@link WampException} when the caller gives up.
     */
    public Iterable<Invocation> parts() {
        return PartIterator::new;
    }

    private void sendPart(Args args) {
        try {
            conversation.sendPart(conversion.write(args));
        } catch (RequestFailure failure) {
            throw Futures.translated(failure);
        }
    }

    /** Names the procedure; arguments never reach a log this way. */
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
            } catch (RequestFailure failure) {
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
