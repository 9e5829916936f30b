package io.junctor.router.spi;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Fields of the HTTP request that opened a connection, as the client or a proxy sent them. {@code toString} shows only
 * names, because the values may be secrets.
 *
 * @param headers the values of header fields by name in lower case; several fields of one name are joined by commas
 * @param cookies the values of cookies by name
 */
public record RequestFields(Map<String, String> headers, Map<String, String> cookies) {
    /**
     * The names of the fields of a connection's HTTP request that an {@link Authenticator} receives.
     *
     * @param headers names of header fields, in lower case
     * @param cookies names of cookies
     */
    public record Names(Set<String> headers, Set<String> cookies) {
        /** No field. */
        public static final Names NONE = new Names(Set.of(), Set.of());

        /** Copies the sets, the names of header fields in lower case. */
        public Names {
            headers =
                    headers.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
            cookies = Set.copyOf(cookies);
        }

        /** The union of these names and {@code more}. */
        public Names with(Names more) {
            return new Names(union(headers, more.headers), union(cookies, more.cookies));
        }

        private static Set<String> union(Set<String> one, Set<String> other) {
            return Stream.concat(one.stream(), other.stream()).collect(Collectors.toSet());
        }
    }

    /** No fields, for a connection without HTTP. */
    public static final RequestFields NONE = new RequestFields(Map.of(), Map.of());

    /** The maximum length of a value, in characters. */
    public static final int MAX_CHARACTERS = 4_096;

    /** Copies the maps. */
    public RequestFields {
        headers = Map.copyOf(headers);
        cookies = Map.copyOf(cookies);
    }

    /** Reads the named fields of a request; {@code values} gives all values of a header field, or null. */
    public static RequestFields read(Names names, Function<String, @Nullable List<String>> values) {
        if (names.equals(Names.NONE)) {
            return NONE;
        }
        Map<String, String> headers = new HashMap<>();
        for (String name : names.headers()) {
            List<String> found = values.apply(name);
            if (found != null && !found.isEmpty()) {
                headers.put(name, String.join(", ", found));
            }
        }
        List<String> lines = names.cookies().isEmpty() ? null : values.apply("cookie");
        return new RequestFields(headers, lines == null ? Map.of() : cookies(names.cookies(), lines));
    }

    /** Reads cookies (RFC 6265, section 4.2). Of several cookies with the same name, the first is used. */
    private static Map<String, String> cookies(Set<String> names, List<String> lines) {
        Map<String, String> cookies = new HashMap<>();
        for (String pair : String.join(";", lines).split(";", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? "" : pair.substring(0, equals).strip();
            if (names.contains(name)) {
                String value = pair.substring(equals + 1).strip();
                boolean isQuoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
                cookies.putIfAbsent(name, isQuoted ? value.substring(1, value.length() - 1) : value);
            }
        }
        return cookies;
    }

    /** A copy with the named fields only. */
    public RequestFields only(Names names) {
        return equals(NONE) ? NONE : new RequestFields(only(headers, names.headers()), only(cookies, names.cookies()));
    }

    private static Map<String, String> only(Map<String, String> values, Set<String> names) {
        return values.entrySet().stream()
                .filter(value -> names.contains(value.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public String toString() {
        return "RequestFields[headers=" + headers.keySet() + ", cookies=" + cookies.keySet() + "]";
    }
}
