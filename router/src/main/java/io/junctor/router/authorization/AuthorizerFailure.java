package io.junctor.router.authorization;

/** An authorizer gave no decision; the text says why. */
public final class AuthorizerFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AuthorizerFailure(String text) {
        super(text, null, false, false);
    }
}
