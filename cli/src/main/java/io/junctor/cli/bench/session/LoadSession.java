package io.junctor.cli.bench.session;

import io.junctor.wamp.codec.Codec;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.message.Abort;
import io.junctor.wamp.message.Challenge;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.message.Hello;
import io.junctor.wamp.message.Welcome;
import io.junctor.wamp.options.CloseDetails;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.HelloDetails;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.Uri;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** One anonymous session: joins, then passes received messages to its {@link Listener}. */
public final class LoadSession implements SocketTransport.Listener {
    private static final Uri LEAVING = new Uri("wamp.close.normal");
    private static final HelloDetails DETAILS = HelloDetails.anonymous(allRoles());

    private final Codec codec;
    private final Uri realm;
    private final Listener listener;
    private final SessionTransport transport;
    private boolean leaving;

    /** Receives the events of a session. */
    public interface Listener {
        /** Called when the session is open. */
        void onJoined(LoadSession session);

        /** Called with each message of the router. */
        void onMessage(LoadSession session, FromRouter message);

        /** Called when the session has left with a goodbye. */
        default void onLeft() {}
    }

    LoadSession(SelectorLoop loop, Codec codec, TargetRouter target, Listener listener) {
        this.codec = codec;
        this.realm = target.realm();
        this.listener = listener;
        this.transport = loop.connect(target, this);
    }

    public void send(FromClient message) {
        try {
            transport.send(codec.encode(message));
        } catch (UnrepresentableException e) {
            throw new IllegalStateException(e);
        }
    }

    public void stopReading() {
        transport.stopReading();
    }

    public void leave() {
        leaving = true;
        transport.expectEnd();
        send(new Goodbye(CloseDetails.NONE, LEAVING));
    }

    @Override
    public void onOpened() {
        send(new Hello(realm, DETAILS));
    }

    @Override
    public void onMessage(byte[] bytes) {
        switch (decode(bytes)) {
            case Welcome welcome -> listener.onJoined(this);
            case Abort abort ->
                throw new BenchException("the router refused the session: " + abort.reason()
                        + (abort.details().message() == null
                                ? ""
                                : ", " + abort.details().message()) + ".");
            case Challenge challenge ->
                throw new BenchException("the router asks for credentials (" + challenge.method()
                        + "); the load generator joins anonymously.");
            case Goodbye goodbye -> onGoodbye(goodbye);
            case FromRouter other -> listener.onMessage(this, other);
        }
    }

    /** Notes that the transport has ended as expected. */
    @Override
    public void onEnd() {
        if (leaving) {
            leaving = false;
            listener.onLeft();
        }
    }

    private void onGoodbye(Goodbye goodbye) {
        if (!leaving) {
            throw new BenchException("the router ended a session: " + goodbye.reason() + ".");
        }
        transport.close();
        onEnd();
    }

    private FromRouter decode(byte[] bytes) {
        try {
            return codec.decodeFromRouter(bytes);
        } catch (ProtocolViolationException e) {
            throw new BenchException("the router sent what is no WAMP message: " + e.getMessage() + ".");
        }
    }

    private static Roles allRoles() {
        Map<Role, Set<Feature>> roles = new LinkedHashMap<>();
        Role.CLIENT.forEach(role -> roles.put(role, Set.of()));
        return new Roles(roles);
    }
}
