package io.junctor.server.tls;

import io.junctor.router.config.listener.OcspPolicy;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Refuses client certificates that their authority has revoked: by certificate revocation lists and, in addition, by
 * OCSP. Thread-safe.
 *
 * <p>The caller must pass only chains that lead to one of the authorities. A certificate that is itself one of the
 * authorities is not checked.
 */
final class RevocationCheck {
    /** The number of OCSP requests that may wait for their responses at a time; above this, a certificate is treated like one without a response. */
    private static final int MAX_REQUESTS = 4;

    private static final int OCSP_SECONDS = 2;

    private final List<X509Certificate> authorities;
    private final Set<TrustAnchor> anchors = new HashSet<>();
    private final List<X509CRL> crls;
    private final OcspPolicy ocsp;
    private final RevokedCertificateLog events;
    private final Semaphore requests = new Semaphore(MAX_REQUESTS);

    RevocationCheck(
            List<X509Certificate> authorities, List<X509CRL> crls, OcspPolicy ocsp, RevokedCertificateLog events) {
        this.authorities = authorities;
        this.crls = crls;
        this.ocsp = ocsp;
        this.events = events;
        authorities.forEach(authority -> anchors.add(new TrustAnchor(authority, null)));
    }

    /**
     * Checks a chain, which begins with the client's certificate.
     *
     * @throws CertificateException if a certificate is revoked, or if its state is unknown and the policy requires
     *     it
     */
    void check(X509Certificate[] chain) throws CertificateException {
        List<X509Certificate> path = new ArrayList<>();
        for (X509Certificate certificate : chain) {
            if (authorities.contains(certificate)) {
                break;
            }
            path.add(certificate);
        }
        if (path.isEmpty()) {
            return;
        }
        if (!crls.isEmpty()) {
            checkLists(path);
        }
        if (ocsp != OcspPolicy.NONE) {
            checkOcsp(path);
        }
    }

    private void checkLists(List<X509Certificate> path) throws CertificateException {
        try {
            validate(
                    path,
                    EnumSet.of(PKIXRevocationChecker.Option.PREFER_CRLS, PKIXRevocationChecker.Option.NO_FALLBACK));
        } catch (GeneralSecurityException e) {
            throw refused(
                    path,
                    isRevoked(e)
                            ? "it is revoked by a revocation list"
                            : "no current revocation list says whether it is revoked",
                    e);
        }
    }

    private void checkOcsp(List<X509Certificate> path) throws CertificateException {
        try {
            askOcsp(path);
        } catch (GeneralSecurityException e) {
            if (isRevoked(e) || ocsp == OcspPolicy.HARD_FAIL) {
                throw refused(
                        path, isRevoked(e) ? "it is revoked, says OCSP" : "OCSP gives no answer: " + e.getMessage(), e);
            }
            events.onUnanswered(path.getFirst(), String.valueOf(e.getMessage()));
        }
    }

    /** Sends an OCSP request on another thread, because the response may take long and the calling thread serves many connections. */
    private void askOcsp(List<X509Certificate> path) throws GeneralSecurityException {
        if (!requests.tryAcquire()) {
            throw new CertificateException("too many requests wait for an answer");
        }
        FutureTask<Boolean> request = new FutureTask<>(() -> {
            try {
                validate(
                        path,
                        EnumSet.of(
                                PKIXRevocationChecker.Option.ONLY_END_ENTITY,
                                PKIXRevocationChecker.Option.NO_FALLBACK));
                return true;
            } finally {
                requests.release();
            }
        });
        Thread.ofVirtual().name("ocsp").start(request);
        try {
            request.get(OCSP_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new CertificateException("no answer within " + OCSP_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CertificateException("the router shuts down", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GeneralSecurityException failure) {
                throw failure;
            }
            throw new CertificateException("the request failed", e);
        }
    }

    private void validate(List<X509Certificate> path, Set<PKIXRevocationChecker.Option> options)
            throws GeneralSecurityException {
        CertPath certPath = CertificateFactory.getInstance("X.509").generateCertPath(path);
        CertPathValidator validator = CertPathValidator.getInstance("PKIX");
        PKIXRevocationChecker checker = (PKIXRevocationChecker) validator.getRevocationChecker();
        checker.setOptions(options);
        PKIXParameters parameters = new PKIXParameters(anchors);
        parameters.setRevocationEnabled(false);
        parameters.addCertPathChecker(checker);
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(crls)));
        validator.validate(certPath, parameters);
    }

    private static boolean isRevoked(GeneralSecurityException failure) {
        return failure instanceof CertPathValidatorException path
                && path.getReason() == CertPathValidatorException.BasicReason.REVOKED;
    }

    /** Returns the exception for a refused certificate. The alert that the client receives depends on {@code cause}. */
    private CertificateException refused(List<X509Certificate> path, String reason, GeneralSecurityException cause) {
        events.onRefused(path.getFirst(), reason);
        return new CertificateException("the certificate is refused: " + reason, cause);
    }
}
