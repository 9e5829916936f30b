package io.junctor.router.config.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A network: the addresses that begin with the same bits (CIDR), such as {@code 10.0.0.0/8}.
 *
 * @param first its lowest address
 * @param prefixBits how many leading bits its addresses have in common
 */
public record IpNetwork(InetAddress first, int prefixBits) {
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";

    /** Matches numeric addresses only, which are not resolved by DNS: four numbers up to 255, or a text with colons. */
    private static final Pattern ADDRESS =
            Pattern.compile(OCTET + "(\\." + OCTET + "){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private static final Pattern BITS = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1]", Pattern.CASE_INSENSITIVE);

    /** Checks that {@code first} is the lowest address with these leading bits. */
    public IpNetwork {
        if (!first.equals(lowest(first, prefixBits))) {
            throw new IllegalArgumentException(first.getHostAddress() + " has bits behind the first " + prefixBits);
        }
    }

    /** The network of an address with this prefix length, or with the full length of the address if the prefix length exceeds it. */
    public static IpNetwork of(InetAddress address, int prefixBits) {
        int bits = Math.min(prefixBits, bits(address));
        return new IpNetwork(lowest(address, bits), bits);
    }

    /**
     * Parses a text such as {@code 10.0.0.0/8} or {@code ::1}; returns null if it is not a network. All bits after the prefix must be zero,
     * because 10.0.0.1/8 could mean one address or sixteen million addresses.
     */
    public static @Nullable IpNetwork parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = address(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            return null;
        }
        if (slash < 0) {
            return of(address, bits(address));
        }
        String bits = text.substring(slash + 1);
        if (!BITS.matcher(bits).matches() || Integer.parseInt(bits) > bits(address)) {
            return null;
        }
        IpNetwork network = of(address, Integer.parseInt(bits));
        return network.first().equals(address) ? network : null;
    }

    /**
     * Whether a host, as in a URL or the header {@code Host}, is a loopback name: {@code localhost}, or an address of the loopback
     * interface. Resolves no names by DNS, because the owner of another name chooses its address.
     */
    public static boolean isLoopbackName(String host) {
        return LOOPBACK.matcher(host).matches();
    }

    /** Parses a numeric address; returns null for any other text. Resolves no names. */
    public static @Nullable InetAddress address(String text) {
        try {
            return ADDRESS.matcher(text).matches() ? InetAddress.getByName(text) : null;
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** Whether this network contains an address. */
    public boolean contains(InetAddress address) {
        return bits(address) == bits(first) && lowest(address, prefixBits).equals(first);
    }

    private static int bits(InetAddress address) {
        return address.getAddress().length * Byte.SIZE;
    }

    private static InetAddress lowest(InetAddress address, int prefixBits) {
        byte[] bytes = address.getAddress();
        if (prefixBits < 0 || prefixBits > bytes.length * Byte.SIZE) {
            throw new IllegalArgumentException(address.getHostAddress() + " has no " + prefixBits + " bits");
        }
        int whole = prefixBits / Byte.SIZE;
        if (whole < bytes.length) {
            bytes[whole] &= (byte) (0xFF00 >> prefixBits % Byte.SIZE);
            Arrays.fill(bytes, whole + 1, bytes.length, (byte) 0);
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has as many bytes as an address", e);
        }
    }

    @Override
    public String toString() {
        String text = first.getHostAddress();
        return prefixBits == bits(first) ? text : text + "/" + prefixBits;
    }
}
