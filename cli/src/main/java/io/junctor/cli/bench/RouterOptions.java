package io.junctor.cli.bench;

import io.junctor.cli.bench.session.TargetRouter;
import io.junctor.cli.bench.session.UrlScheme;
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
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that select the routers under load. */
final class RouterOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where the router listens: " + UrlScheme.FORMS + ". Repeat it for routers that act as one."
                    + " Default: ${DEFAULT-VALUE}.",
            defaultValue = "ws://127.0.0.1:8080/ws")
    private List<URI> urls = List.of();

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description = "PEM file of certificates that the router may show. Default: what the JVM trusts.")
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

    @Option(names = "--batched", description = "Send several messages together (not for RawSocket).")
    private boolean batched;

    @Option(names = "--compression", description = "Compress messages by permessage-deflate (WebSocket only).")
    private boolean compressed;

    @Option(names = "--http2", description = "Open each WebSocket in a stream of an HTTP/2 connection of its own.")
    private boolean http2;

    @Option(
            names = "--pid",
            paramLabel = "PID",
            description = "The router's process on this machine: adds what it takes of processor and memory (Linux)."
                    + " Repeat it for the sum of several.")
    private List<Long> pids = List.of();

    List<TargetRouter> targets() {
        return urls.stream().map(this::target).toList();
    }

    private TargetRouter target(URI url) {
        UrlScheme scheme = scheme(url);
        if (trust != null && !scheme.isEncrypted()) {
            throw refusal("--trust needs a --url that begins with wss://, tls:// or https://.");
        }
        if (batched && scheme.protocol() == UrlScheme.Protocol.RAWSOCKET) {
            throw refusal("--batched needs a --url of WebSocket or long-poll.");
        }
        if (compressed && scheme.protocol() != UrlScheme.Protocol.WEBSOCKET) {
            throw refusal("--compression needs a --url of WebSocket.");
        }
        if (http2 && (compressed || scheme.protocol() != UrlScheme.Protocol.WEBSOCKET)) {
            throw refusal("--http2 needs a --url of WebSocket, without --compression.");
        }
        SSLContext trusted = scheme.isEncrypted() ? tls() : null;
        return new TargetRouter(url, new Uri(realm), serializer, trusted, batched, compressed, http2);
    }

    private UrlScheme scheme(URI url) {
        UrlScheme scheme =
                url.getScheme() == null ? null : UrlScheme.of(url.getScheme()).orElse(null);
        if (scheme == null || !hasAddress(url, scheme)) {
            throw refusal("--url must be " + UrlScheme.FORMS + ", not '" + url + "'.");
        }
        return scheme;
    }

    private static boolean hasAddress(URI url, UrlScheme scheme) {
        return (scheme.isUnix() ? hasSocket(url, scheme) : url.getHost() != null)
                && (scheme.protocol() != UrlScheme.Protocol.RAWSOCKET || scheme.isUnix() || url.getPort() > 0);
    }

    private static boolean hasSocket(URI url, UrlScheme scheme) {
        return url.getPath() != null
                && (scheme != UrlScheme.WS_UNIX || url.getPath().contains(":"));
    }

    private SSLContext tls() {
        try {
            return trust == null ? SSLContext.getDefault() : trusting(trust);
        } catch (IOException | GeneralSecurityException e) {
            throw refusal("--trust " + trust + " cannot be read as a PEM file of certificates: " + e + ".");
        }
    }

    /** Returns a context that trusts the certificates in a PEM file, and certificates that these have signed. */
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

    List<ProcessUsage> processes() {
        for (long pid : pids) {
            if (!ProcessUsage.isReadable(pid)) {
                throw refusal("--pid " + pid + " is no process of this machine that can be read under /proc.");
            }
        }
        return pids.stream().map(ProcessUsage::new).toList();
    }

    private ParameterException refusal(String sentence) {
        return new ParameterException(command.commandLine(), sentence);
    }
}
