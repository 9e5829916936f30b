package io.junctor.router.authentication.method;

import io.junctor.wamp.auth.Cryptosign;
import java.math.BigInteger;
import java.security.Key;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.List;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Finds the key that verifies a token, and refuses Ed25519 and Ed448 keys of low order: anyone can make signatures
 * that such a key verifies. Thread-safe.
 *
 * @param keys finds the key
 */
record StrongKeyResolver(VerificationKeyResolver keys) implements VerificationKeyResolver {
    /** The prime of the field of Ed448 (RFC 8032, section 5.2). */
    private static final BigInteger ED448_PRIME =
            BigInteger.TWO.pow(448).subtract(BigInteger.TWO.pow(224)).subtract(BigInteger.ONE);

    @Override
    public Key resolveKey(JsonWebSignature signature, List<JsonWebStructure> nesting) throws UnresolvableKeyException {
        Key key = keys.resolveKey(signature, nesting);
        if (isWeak(key)) {
            throw new UnresolvableKeyException("the key is a point of low order");
        }
        return key;
    }

    /** True if {@code key} is an Ed25519 or Ed448 key of low order, or not encoded as RFC 8032 requires. */
    static boolean isWeak(Key key) {
        if (!(key instanceof EdECPublicKey point)) {
            return false;
        }
        if (point.getParams().getName().equals(NamedParameterSpec.ED25519.getName())) {
            byte[] info = key.getEncoded();
            byte[] bytes = Arrays.copyOfRange(info, info.length - Cryptosign.KEY_BYTES, info.length);
            return Cryptosign.parsePublicKey(Cryptosign.hex(bytes)) == null;
        }
        BigInteger y = point.getPoint().getY();
        return y.compareTo(BigInteger.ONE) <= 0 || y.compareTo(ED448_PRIME.subtract(BigInteger.ONE)) >= 0;
    }
}
