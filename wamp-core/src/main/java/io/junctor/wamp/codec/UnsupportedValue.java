package io.junctor.wamp.codec;

/** Stands in a decoded tree for what only the sender's serialization can express; {@code kind} names it. */
record UnsupportedValue(String kind) {}
