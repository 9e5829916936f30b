package io.junctor.wamp.value;

/**
 * Immutable. A WAMP URI or URI pattern as it stood on the wire, compared by code point (section "URIs").
 *
 * <p>The order is that of the texts. With it a hash map finds one among many of equal hash in few steps.
 *
 * <p>Holding one says nothing about its validity: which rule applies depends on the place, see {@link UriRules}.
 *
 * @param text the characters, possibly none
 */
public record Uri(String text) implements Comparable<Uri> {

    /** Whether the first part is {@code wamp}, which is reserved for the router (section "URIs"). */
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
