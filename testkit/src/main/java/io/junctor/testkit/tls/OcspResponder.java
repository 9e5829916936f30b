package io.junctor.testkit.tls;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.Req;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.OperatorCreationException;

/** An OCSP responder (RFC 6960) on a port of the loopback interface, which answers whether certificates are revoked. Thread-safe. */
public final class OcspResponder implements AutoCloseable {
    private static final Duration VALIDITY = Duration.ofHours(1);

    /** The status of a certificate in an answer. */
    public enum Status {
        GOOD,
        REVOKED,
        UNKNOWN
    }

    private final Map<BigInteger, Status> statusBySerial = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final TestAuthority signer;
    private final HttpServer server;

    private OcspResponder(TestAuthority signer, HttpServer server) {
        this.signer = signer;
        this.server = server;
    }

    /** Starts a responder whose answers {@code signer} signs. Until {@link #set}, it answers that a certificate is unknown. */
    public static OcspResponder start(TestAuthority signer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        OcspResponder responder = new OcspResponder(signer, server);
        server.createContext("/", responder::handle);
        server.start();
        return responder;
    }

    /** Returns the address for {@link TestAuthority#issue(String, URI)}. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Sets the status of {@code certificate} in later answers. */
    public void set(TestCertificate certificate, Status status) {
        statusBySerial.put(certificate.certificate().getSerialNumber(), status);
    }

    /** Returns how many requests have arrived. */
    public int requests() {
        return requests.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        try (exchange) {
            byte[] request = exchange.getRequestMethod().equals("GET")
                    ? encoded(exchange.getRequestURI())
                    : exchange.getRequestBody().readAllBytes();
            byte[] answer = answer(new OCSPReq(request)).getEncoded();
            exchange.getResponseHeaders().set("Content-Type", "application/ocsp-response");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (OCSPException | OperatorCreationException e) {
            throw new IOException("cannot answer", e);
        }
    }

    /** Returns the encoded request: a short request is the last part of the path, in base64 (RFC 6960, appendix A.1). */
    private static byte[] encoded(URI request) {
        String path = request.getRawPath();
        return Base64.getDecoder()
                .decode(URLDecoder.decode(path.substring(path.indexOf('/') + 1), StandardCharsets.UTF_8));
    }

    private OCSPResp answer(OCSPReq request) throws OCSPException, OperatorCreationException {
        Instant start = Instant.now();
        Date now = Date.from(start);
        // A revocation in the current second might be later than the time for which the JDK checks the certificate.
        Date revoked = Date.from(start.minus(VALIDITY));
        Date next = Date.from(start.plus(VALIDITY));
        BasicOCSPRespBuilder builder = new BasicOCSPRespBuilder(new RespID(signer.name()));
        for (Req one : request.getRequestList()) {
            CertificateID id = one.getCertID();
            builder.addResponse(id, status(id.getSerialNumber(), revoked), now, next, null);
        }
        return new OCSPRespBuilder().build(OCSPRespBuilder.SUCCESSFUL, builder.build(signer.signer(), null, now));
    }

    private CertificateStatus status(BigInteger serial, Date revoked) {
        return switch (statusBySerial.getOrDefault(serial, Status.UNKNOWN)) {
            case GOOD -> CertificateStatus.GOOD;
            case REVOKED -> new RevokedStatus(revoked, CRLReason.keyCompromise);
            case UNKNOWN -> new UnknownStatus();
        };
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
