package io.junctor.wamp.message;

/** The messages that a client may send, in the order of type codes. */
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
