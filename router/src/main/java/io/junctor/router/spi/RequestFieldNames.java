package io.junctor.router.spi;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The fields of the HTTP request that opened a connection of which an {@link Authenticator} is told.
 *
 * @param headers names of header fields, in lower case
 * @param cookies names of cookies
 */
public record RequestFieldNames(Set<String> headers, Set<String> cookies) {
    /** No field. */
    public static final RequestFieldNames NONE = new RequestFieldNames(Set.of(), Set.of());

    /** Copies the sets, the names of header fields in lower case. */
    public RequestFieldNames {
        headers = headers.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        cookies = Set.copyOf(cookies);
    }

    /** The names of both. */
    public RequestFieldNames with(RequestFieldNames more) {
        return new RequestFieldNames(union(headers, more.headers), union(cookies, more.cookies));
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        return Stream.concat(one.stream(), other.stream()).collect(Collectors.toSet());
    }
}
