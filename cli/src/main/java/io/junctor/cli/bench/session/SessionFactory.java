package io.junctor.cli.bench.session;

import io.junctor.wamp.codec.Codec;

/** Where sessions are opened, a limited number at a time. */
public record SessionFactory(SelectorLoop loop, Codec codec, Placement placement, int joiningAtOnce) {
    /** Opens the session of a caller, a publisher or of one that is idle. */
    public LoadSession joinSender(int number, LoadSession.Listener listener) {
        return join(placement.ofSender(number), listener);
    }

    /** Opens the session of a callee or a subscriber. */
    public LoadSession joinPartner(int number, LoadSession.Listener listener) {
        return join(placement.ofPartner(number), listener);
    }

    private LoadSession join(Target target, LoadSession.Listener listener) {
        return new LoadSession(loop, codec, target, listener);
    }

    public boolean hasPlace(int joining) {
        return joining < joiningAtOnce;
    }
}
