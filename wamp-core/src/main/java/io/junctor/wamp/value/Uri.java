package io.junctor.wamp.value;

/**
 * A WAMP URI or URI pattern as received, compared by code point (section "URIs").
 *
 * <p>URIs are ordered by their text. {@link java.util.HashMap} uses the order to stay fast when many URIs have equal
 * hashes.
 *
 * <p>The constructor does not validate the text, because the rules depend on the use; see {@link UriRules}.
 *
 * @param text the URI; may be empty
 */
public record Uri(String text) implements Comparable<Uri> {

    /** True if the first component is {@code wamp}, which is reserved for the router (section "URIs"). */
    public boolean isReserved() {
        return text.startsWith("wamp") && (text.length() == 4 || text.charAt(4) == '.');
    }

    @Override
    public int compareTo(Uri other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
