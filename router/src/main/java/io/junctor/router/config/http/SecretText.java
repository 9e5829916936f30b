package io.junctor.router.config.http;

/**
 * A secret of the configuration that the router itself uses. {@code toString} does not show it.
 *
 * @param text the secret
 */
public record SecretText(String text) {
    @Override
    public String toString() {
        return "SecretText[]";
    }
}
