package io.junctor.cli.bench.session;

import io.junctor.wamp.codec.Codec;

/** Opens sessions, of which only a limited number may join at a time. */
public record SessionFactory(SelectorLoop loop, Codec codec, SessionPlacement placement, int joiningAtOnce) {
    /** Opens the session of a caller, of a publisher, or an idle session. */
    public LoadSession joinSender(int number, LoadSession.Listener listener) {
        return join(placement.ofSender(number), listener);
    }

    /** Opens the session of a callee or a subscriber. */
    public LoadSession joinPartner(int number, LoadSession.Listener listener) {
        return join(placement.ofPartner(number), listener);
    }

    private LoadSession join(TargetRouter target, LoadSession.Listener listener) {
        return new LoadSession(loop, codec, target, listener);
    }

    public boolean hasPlace(int joining) {
        return joining < joiningAtOnce;
    }
}
