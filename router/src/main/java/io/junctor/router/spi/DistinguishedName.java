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
 * Immutable. The name of a certificate's subject. Two are equal if they have the same parts in the same order: as values, however they are
 * encoded and escaped, and to the letter.
 *
 * @param parts its relative names, each a set of attributes
 */
public record DistinguishedName(List<Set<Attribute>> parts) {
    /**
     * An attribute. Immutable.
     *
     * @param type its object identifier
     * @param value its text, or what else it is
     */
    record Attribute(String type, Object value) {}

    /** Copies the list. */
    public DistinguishedName {
        parts = List.copyOf(parts);
    }

    /** The name that {@code text} is by RFC 2253 or 4514, or null. */
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
