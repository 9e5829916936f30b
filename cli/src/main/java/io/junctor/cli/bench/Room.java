package io.junctor.cli.bench;

import io.junctor.wamp.codec.Codec;

/** Where sessions are opened, a limited number at a time. */
record Room(Loop loop, Codec codec, Target target, int joiningAtOnce) {
    Member join(Member.Part part) {
        return new Member(loop, codec, target.realm(), part);
    }

    boolean hasPlace(int joining) {
        return joining < joiningAtOnce;
    }
}
