package io.junctor.cli.client.connection;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A setting of a connection: an option of the command line and a key of a context, for some settings also an environment variable. */
public enum ConnectionSetting {
    /** The address of the router. */
    URL("JUNCTOR_URL"),
    /** The realm to join. */
    REALM("JUNCTOR_REALM"),
    /** The serializer to offer. */
    SERIALIZER(null),
    /** The authentication method. */
    AUTH("JUNCTOR_AUTH"),
    /** The authid. */
    AUTHID("JUNCTOR_AUTHID"),
    /** The requested role. */
    AUTHROLE(null),
    /** The file whose first line is the secret. */
    SECRET_FILE("JUNCTOR_SECRET_FILE"),
    /** The name of the environment variable that contains the secret. */
    SECRET_ENV(null),
    /** The public key of the router, for cryptosign. */
    ROUTER_KEY(null),
    /** Whether the login is bound to the TLS connection. */
    CHANNEL_BINDING(null),
    /** The PEM file of trusted certificates. */
    TRUST(null),
    /** The fingerprints of trusted certificates, separated by commas. */
    PIN(null),
    /** The PEM file of the client certificate. */
    CERTIFICATE(null),
    /** The PEM file of the private key of the client certificate. */
    KEY(null),
    /** The HTTP proxy. */
    PROXY(null);

    private final @Nullable String variable;

    ConnectionSetting(@Nullable String variable) {
        this.variable = variable;
    }

    /** Returns the key in a context, such as {@code secret_file}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the option, such as {@code --secret-file}. */
    public String option() {
        return "--" + key().replace('_', '-');
    }

    /** Returns the environment variable that has the same effect, or null. */
    @Nullable
    String variable() {
        return variable;
    }

    /** Returns whether the value is the path of a file. */
    public boolean isFile() {
        return this == SECRET_FILE || this == TRUST || this == CERTIFICATE || this == KEY;
    }

    static Optional<ConnectionSetting> ofKey(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key().equals(key))
                .findFirst();
    }

    static String keys() {
        return Arrays.stream(values()).map(ConnectionSetting::key).collect(Collectors.joining(", "));
    }
}
