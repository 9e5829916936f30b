package io.junctor.router.config.yaml;

import io.junctor.router.config.yaml.Key.Defaulted;
import io.junctor.router.config.yaml.Key.Spare;
import io.junctor.router.config.yaml.Placing.Placed;
import io.junctor.router.tls.ClientCertificates;
import io.junctor.router.tls.KeyFiles;
import io.junctor.router.tls.ServerKey;
import io.junctor.router.tls.TlsConfig;
import io.junctor.router.tls.TlsFault;
import io.junctor.router.tls.TlsKeys;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a listener encrypts. The files are read already here, so that what is wrong with them is told with a place. */
final class TlsShape {
    private static final Placing<String> FILE =
            new Placing<>(new Text("the path of a file, relative to this one", path -> !path.isBlank()));
    private static final Spare<Placed<String>> CERTIFICATE = new Spare<>("certificate", FILE);
    private static final Spare<Placed<String>> KEY = new Spare<>("key", FILE);
    private static final Spare<Placed<String>> KEYSTORE = new Spare<>("keystore", FILE);
    private static final Spare<String> PASSWORD = new Spare<>("password", new SecretText());
    private static final Defaulted<List<KeyFiles>> MORE = new Defaulted<>(
            "more",
            new ListOf<>(
                    Shape.of(
                            "a map such as { certificate: cert.pem, key: key.pem }",
                            List.of(CERTIFICATE, KEY, KEYSTORE, PASSWORD),
                            TlsShape::files),
                    "a list of certificates such as [{ certificate: cert.pem, key: key.pem }]",
                    0),
            List.of());
    private static final Defaulted<ClientCertificates> CLIENT_CERTIFICATES =
            new Defaulted<>("client_certificates", Word.of(ClientCertificates.class), ClientCertificates.NONE);
    private static final Spare<Placed<String>> TRUST = new Spare<>("trust", FILE);

    static final Shape<TlsConfig> SHAPE = Shape.of(
            "a map such as { certificate: cert.pem, key: key.pem }",
            List.of(CERTIFICATE, KEY, KEYSTORE, PASSWORD, MORE, CLIENT_CERTIFICATES, TRUST),
            TlsShape::bind);

    private TlsShape() {}

    private static @Nullable TlsConfig bind(Section section) {
        KeyFiles first = files(section);
        List<KeyFiles> more = section.get(MORE);
        ClientCertificates clients = section.get(CLIENT_CERTIFICATES);
        Placed<String> trust = section.get(TRUST);
        if (clients != ClientCertificates.NONE && !section.has(TRUST)) {
            section.reject("'client_certificates' needs 'trust', a PEM file of the authorities that issue them");
            return null;
        }
        if (clients == ClientCertificates.NONE && section.has(TRUST)) {
            section.reject("'trust' is about client certificates: say client_certificates: optional or required");
            return null;
        }
        if (first == null) {
            return null;
        }
        List<KeyFiles> keys = new ArrayList<>();
        keys.add(first);
        keys.addAll(more);
        return trust == null || hasAuthorities(trust)
                ? new TlsConfig(keys, clients, trust == null ? null : path(trust))
                : null;
    }

    private static @Nullable KeyFiles files(Section section) {
        Placed<String> certificate = section.get(CERTIFICATE);
        Placed<String> key = section.get(KEY);
        Placed<String> store = section.get(KEYSTORE);
        String password = section.get(PASSWORD);
        boolean pem = section.has(CERTIFICATE) && section.has(KEY);
        if (section.has(KEYSTORE) ? section.has(CERTIFICATE) || section.has(KEY) : !pem) {
            section.reject("TLS needs either 'certificate' and 'key', or 'keystore'");
            return null;
        }
        if (section.has(KEYSTORE) && !section.has(PASSWORD)) {
            section.reject("'keystore' needs a 'password'");
            return null;
        }
        if (store != null && password != null) {
            return checked(store, new KeyFiles.Pkcs12(path(store), password));
        }
        return certificate == null || key == null
                ? null
                : checked(certificate, new KeyFiles.Pem(path(certificate), path(key), password));
    }

    private static @Nullable KeyFiles checked(Placed<String> place, KeyFiles files) {
        try {
            ServerKey.read(files);
            return files;
        } catch (TlsFault fault) {
            place.place().reject(String.valueOf(fault.getMessage()));
            return null;
        }
    }

    private static boolean hasAuthorities(Placed<String> trust) {
        try {
            return !TlsKeys.authorities(path(trust)).isEmpty();
        } catch (TlsFault fault) {
            trust.place().reject(String.valueOf(fault.getMessage()));
            return false;
        }
    }

    private static Path path(Placed<String> file) {
        return file.place().findings().directory().resolve(file.it());
    }
}
