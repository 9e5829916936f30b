package io.junctor.server.tls;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CRL;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;

/** Reads certificate revocation lists (RFC 5280, section 5) from files in PEM or DER form. */
public final class RevocationLists {
    private static final int MAX_BYTES = 16 << 20;

    private RevocationLists() {}

    /**
     * Reads all lists of a file.
     *
     * @throws TlsException if the file contains no list, or a list that is damaged or expired
     */
    public static List<X509CRL> read(Path file) throws TlsException {
        List<X509CRL> lists = new ArrayList<>();
        for (CRL list : parse(file)) {
            X509CRL x509 = (X509CRL) list;
            Date nextUpdate = x509.getNextUpdate();
            if (nextUpdate != null && nextUpdate.toInstant().isBefore(Instant.now())) {
                throw new TlsException("the revocation list in " + file + " has expired: it was valid until "
                        + nextUpdate.toInstant());
            }
            lists.add(x509);
        }
        if (lists.isEmpty()) {
            throw new TlsException(file + " has no certificate revocation list in PEM or DER form");
        }
        return lists;
    }

    private static Collection<? extends CRL> parse(Path file) throws TlsException {
        byte[] bytes = KeyStores.bytes(file, MAX_BYTES);
        try {
            return CertificateFactory.getInstance("X.509").generateCRLs(new ByteArrayInputStream(bytes));
        } catch (CRLException | CertificateException e) {
            throw new TlsException(file + " has no certificate revocation list in PEM or DER form");
        }
    }
}
