package io.junctor.router.spi;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.jspecify.annotations.Nullable;

/**
 * The name of a certificate's subject. Two names are equal if they have the same attributes with the same values in the same order,
 * regardless of their encoding and escaping.
 *
 * @param parts its relative names, each a set of attributes
 */
public record DistinguishedName(List<Set<Attribute>> parts) {
    /**
     * An attribute. Immutable.
     *
     * @param type its object identifier
     * @param value its text, or the encoding of another value
     */
    record Attribute(String type, Object value) {}

    /** Copies the list. */
    public DistinguishedName {
        parts = List.copyOf(parts);
    }

    /** Reads the text form of a name (RFC 2253 and 4514); null if it is invalid. */
    public static @Nullable DistinguishedName parse(String text) {
        try {
            DistinguishedName name = of(new X500Principal(text));
            return name.parts.isEmpty() ? null : name;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    static DistinguishedName of(X500Principal principal) {
        RDN[] parts = X500Name.getInstance(principal.getEncoded()).getRDNs();
        return new DistinguishedName(
                Arrays.stream(parts).map(DistinguishedName::attributes).toList());
    }

    private static Set<Attribute> attributes(RDN part) {
        Set<Attribute> attributes = new HashSet<>();
        for (AttributeTypeAndValue one : part.getTypesAndValues()) {
            attributes.add(new Attribute(one.getType().getId(), text(one.getValue())));
        }
        return Set.copyOf(attributes);
    }

    private static Object text(ASN1Encodable value) {
        return value instanceof ASN1String string ? string.getString() : value.toASN1Primitive();
    }

    List<String> commonNames() {
        return parts.stream()
                .flatMap(Set::stream)
                .filter(attribute -> attribute.type().equals(BCStyle.CN.getId()))
                .map(Attribute::value)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
    }
}
