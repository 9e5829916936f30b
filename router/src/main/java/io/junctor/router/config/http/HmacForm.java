package io.junctor.router.config.http;

/**
 * The format of an HMAC in a header field.
 *
 * @param header the name of the field
 * @param algorithm the hash function
 * @param encoding the encoding of its octets
 * @param prefix the text before the encoded octets, often empty
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

    /** The encoding of octets. */
    public enum Encoding {
        /** Hexadecimal digits, in lower or upper case. */
        HEX,
        /** Base64 (RFC 4648). */
        BASE64
    }
}
