package io.junctor.router.config.http;

/**
 * How an HMAC is written in a header field.
 *
 * @param header the name of the field
 * @param algorithm the hash function
 * @param encoding how its octets are written
 * @param prefix what stands before them, often nothing
 */
public record HmacForm(String header, Algorithm algorithm, Encoding encoding, String prefix) {
    /** A hash function of HMAC (RFC 2104). */
    public enum Algorithm {
        /** SHA-1, which old senders use; new ones should not. */
        SHA1("HmacSHA1"),
        /** SHA-256. */
        SHA256("HmacSHA256"),
        /** SHA-384. */
        SHA384("HmacSHA384"),
        /** SHA-512. */
        SHA512("HmacSHA512");

        private final String jdkName;

        Algorithm(String jdkName) {
            this.jdkName = jdkName;
        }

        /** The name of the algorithm in the JDK. */
        public String jdkName() {
            return jdkName;
        }
    }

    /** How octets are written. */
    public enum Encoding {
        /** Hexadecimal digits, small or capital. */
        HEX,
        /** Base64 (RFC 4648). */
        BASE64
    }
}
