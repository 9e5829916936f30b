package io.junctor.router.realm;

/** Immutable. A procedure gave no decision; the text says why. */
final class AuthorizerFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AuthorizerFailure(String text) {
        super(text, null, false, false);
    }
}
