package io.junctor.cli.bench;

import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say which router is under load. */
final class RouterOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where the router takes WebSockets. Default: ${DEFAULT-VALUE}.",
            defaultValue = "ws://127.0.0.1:8080/ws")
    private URI url = URI.create("");

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description = "PEM file of certificates that a wss:// router may show. Default: what the JVM trusts.")
    private @Nullable Path trust;

    @Option(
            names = "--realm",
            paramLabel = "REALM",
            description = "A realm that lets anonymous sessions do everything. Default: ${DEFAULT-VALUE}.",
            defaultValue = "realm1")
    private String realm = "";

    @Option(
            names = "--serializer",
            paramLabel = "NAME",
            description = "json, msgpack or cbor. Default: msgpack.",
            defaultValue = "msgpack")
    private Serializer serializer = Serializer.MSGPACK;

    @Option(
            names = "--pid",
            paramLabel = "PID",
            description = "The router's process on this machine: adds what it takes of processor and memory (Linux).")
    private @Nullable Long pid;

    Target target() {
        boolean encrypted = "wss".equals(url.getScheme());
        if (!(encrypted || "ws".equals(url.getScheme())) || url.getHost() == null) {
            throw refusal("--url must be ws://HOST:PORT/PATH or wss://HOST:PORT/PATH, not '" + url + "'.");
        }
        if (trust != null && !encrypted) {
            throw refusal("--trust needs a --url that begins with wss://.");
        }
        return new Target(url, new Uri(realm), serializer, encrypted ? tls() : null);
    }

    private SSLContext tls() {
        try {
            return trust == null ? SSLContext.getDefault() : trusting(trust);
        } catch (IOException | GeneralSecurityException e) {
            throw refusal("--trust " + trust + " cannot be read as a PEM file of certificates: " + e + ".");
        }
    }

    /** Trusts the certificates of a PEM file, and those they sign. */
    static SSLContext trusting(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(file)) {
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry(Integer.toString(store.size()), each);
            }
        }
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trusted.getTrustManagers(), null);
        return context;
    }

    @Nullable
    ServerProcess process() {
        if (pid != null && !ServerProcess.isReadable(pid)) {
            throw refusal("--pid " + pid + " is no process of this machine that can be read under /proc.");
        }
        return pid == null ? null : new ServerProcess(pid);
    }

    private ParameterException refusal(String sentence) {
        return new ParameterException(command.commandLine(), sentence);
    }
}
