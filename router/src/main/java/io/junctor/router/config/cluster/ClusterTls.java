package io.junctor.router.config.cluster;

import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * The TLS of connections to NATS. Two are equal if they were made of the same files, or have the same context where they were made of
 * none. Immutable.
 *
 * @param context has the authorities to trust, and the key of the router where the servers ask for one
 * @param files what the context was made of; empty if a program made it
 */
public record ClusterTls(SSLContext context, List<Path> files) {
    /** Copies the list. */
    public ClusterTls {
        files = List.copyOf(files);
    }

    /** The TLS that a program has made. */
    public static ClusterTls of(SSLContext context) {
        return new ClusterTls(context, List.of());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClusterTls tls
                && tls.files.equals(files)
                && (!files.isEmpty() || tls.context.equals(context));
    }

    @Override
    public int hashCode() {
        return files.hashCode();
    }
}
