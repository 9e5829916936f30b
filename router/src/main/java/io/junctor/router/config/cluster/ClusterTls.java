package io.junctor.router.config.cluster;

import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * The TLS settings of connections to NATS. Two objects are equal if they were made from the same files; without files, if they have the
 * same context. Immutable.
 *
 * @param context contains the trusted authorities, and the router's key if the servers ask for a client certificate
 * @param files the files from which the context was made; empty if a program made it
 */
public record ClusterTls(SSLContext context, List<Path> files) {
    /** Copies the list. */
    public ClusterTls {
        files = List.copyOf(files);
    }

    /** Creates settings with a context that a program has made. */
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
