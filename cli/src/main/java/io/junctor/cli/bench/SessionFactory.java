package io.junctor.cli.bench;

import io.junctor.wamp.codec.Codec;

/** Where sessions are opened, a limited number at a time. */
record SessionFactory(SelectorLoop loop, Codec codec, Target target, int joiningAtOnce) {
    LoadSession join(LoadSession.Listener listener) {
        return new LoadSession(loop, codec, target.realm(), listener);
    }

    boolean hasPlace(int joining) {
        return joining < joiningAtOnce;
    }
}
