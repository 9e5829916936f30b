package io.junctor.wamp.value;

/**
 * A WAMP URI or URI pattern in the form in which it was received; compared by code point (section "URIs").
 *
 * <p>URIs are ordered by their text. {@link java.util.HashMap} uses the order to stay fast when many URIs have equal
 * hashes.
 *
 * <p>The constructor does not validate the text, because the rules depend on its use; see {@link UriRules}.
 *
 * @param text the URI; may be empty
 */
public record Uri(String text) implements Comparable<Uri> {

    /**
     * True if the first component is reserved for the router: {@code wamp} (section "URIs"), or {@code junctor} for the router's procedures
     * that the specification does not define.
     */
    public boolean isReserved() {
        // Asked about each call: the first character decides for nearly all URIs.
        return switch (text.isEmpty() ? '.' : text.charAt(0)) {
            case 'w' -> beginsWith("wamp");
            case 'j' -> beginsWith("junctor");
            default -> false;
        };
    }

    private boolean beginsWith(String component) {
        int length = component.length();
        return text.startsWith(component) && (text.length() == length || text.charAt(length) == '.');
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
