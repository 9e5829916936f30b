package io.junctor.router.config.listener;

/**
 * The pages of the router itself that a listener serves.
 *
 * @param status the content of the status page at {@code /}
 * @param console the page for operators
 */
public record PagesConfig(StatusPageContent status, ConsoleConfig console) {
    /** A status page that describes how to connect, and a console on loopback addresses. */
    public static final PagesConfig DEFAULT = new PagesConfig(StatusPageContent.ADDRESSES, ConsoleConfig.DEFAULT);
}
