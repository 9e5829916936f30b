package io.junctor.wamp.message;

/** Immutable. What a client may send and a router must understand, in the order of type codes. */
public sealed interface FromClient extends Message
        permits Hello,
                Abort,
                Authenticate,
                Goodbye,
                ErrorMessage,
                Publish,
                Subscribe,
                Unsubscribe,
                Call,
                Cancel,
                Register,
                Unregister,
                Yield {}
