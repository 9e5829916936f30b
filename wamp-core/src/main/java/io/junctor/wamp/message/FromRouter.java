package io.junctor.wamp.message;

/** The messages that a router may send, in the order of type codes. */
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
