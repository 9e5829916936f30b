package io.junctor.wamp.message;

/** Immutable. What a router may send and a client must understand, in the order of type codes. */
public sealed interface FromRouter extends Message
        permits Welcome,
                Abort,
                Challenge,
                Goodbye,
                ErrorMessage,
                Published,
                Subscribed,
                Unsubscribed,
                Event,
                Result,
                Registered,
                Unregistered,
                Invocation,
                Interrupt {}
