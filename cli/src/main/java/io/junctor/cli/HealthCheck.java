package io.junctor.cli;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The health check of the container image: asks the listener on port {@code JUNCTOR_PORT} of this machine, by {@code http} or
 * {@code https}, whichever the listener speaks, or the address in {@code JUNCTOR_HEALTH_URL}. It is a separate program that needs
 * only the JDK, because it starts several times a minute; so the image needs neither a shell nor another program.
 */
public final class HealthCheck {
    private static final int TIMEOUT_MILLIS = 2_000;

    private final Map<String, String> environment;
    private final Path memory;

    private HealthCheck(Map<String, String> environment, Path memory) {
        this.environment = environment;
        this.memory = memory;
    }

    /** Ends the process with status 0 if the router is ready for clients; otherwise prints the reason and ends with status 1. */
    public static void main(String[] arguments) {
        Path memory = Path.of(System.getProperty("java.io.tmpdir"), "junctor-health");
        System.exit(new HealthCheck(System.getenv(), memory).isReady() ? 0 : 1);
    }

    private boolean isReady() {
        String url = variable("JUNCTOR_HEALTH_URL", "");
        if (!url.isEmpty()) {
            return answers(url);
        }
        for (String scheme : schemes()) {
            if (answers(scheme + "://127.0.0.1:" + variable("JUNCTOR_PORT", "8080") + "/health/ready")) {
                remember(scheme);
                return true;
            }
        }
        return false;
    }

    private String variable(String name, String otherwise) {
        String value = environment.getOrDefault(name, "");
        return value.isEmpty() ? otherwise : value;
    }

    /** Returns the schemes to try. The router logs a request with the wrong scheme, so the check remembers the right one in a file. */
    private Set<String> schemes() {
        Set<String> schemes = new LinkedHashSet<>();
        try {
            schemes.add(Files.readString(memory).equals("https") ? "https" : "http");
        } catch (IOException first) {
            // This is the first check, or the directory is not writable.
        }
        schemes.add("http");
        schemes.add("https");
        return schemes;
    }

    private void remember(String scheme) {
        try {
            Files.writeString(memory, scheme);
        } catch (IOException readOnly) {
            // The next check then tries both schemes.
        }
    }

    private static boolean answers(String url) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url).toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            if (connection instanceof HttpsURLConnection encrypted) {
                encrypted.setSSLSocketFactory(trustingAll().getSocketFactory());
            }
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                System.err.println(url + " answered with status " + status);
            }
            return status == HttpURLConnection.HTTP_OK;
        } catch (IOException | IllegalArgumentException | ClassCastException | GeneralSecurityException failure) {
            System.err.println(url + " did not answer: " + failure);
            return false;
        }
    }

    /** Returns a context that trusts any certificate: the check asks a router on the same machine and sends no secret. */
    private static SSLContext trustingAll() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new AnyCertificate()}, null);
        return context;
    }

    /** Trusts each certificate, for any host. */
    private static final class AnyCertificate extends X509ExtendedTrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
