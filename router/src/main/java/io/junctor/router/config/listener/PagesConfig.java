package io.junctor.router.config.listener;

/**
 * The pages of the router itself that a listener serves.
 *
 * @param status what the page at {@code /} tells
 * @param console the page for operators
 */
public record PagesConfig(StatusPageContent status, ConsoleConfig console) {
    /** A status page about the addresses, a console on loopback addresses. */
    public static final PagesConfig DEFAULT = new PagesConfig(StatusPageContent.ADDRESSES, ConsoleConfig.DEFAULT);
}
