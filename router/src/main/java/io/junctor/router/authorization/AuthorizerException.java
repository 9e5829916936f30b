package io.junctor.router.authorization;

/** An authorizer gave no decision; the text says why. */
public final class AuthorizerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AuthorizerException(String text) {
        super(text, null, false, false);
    }
}
