package io.junctor.cli.client;

import io.junctor.cli.client.connection.Setting;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that a context can contain too, one for each {@link Setting}. */
final class SettingOptions {
    private final Map<Setting, String> given = new EnumMap<>(Setting.class);

    /** What the command line sets. */
    Map<Setting, String> given() {
        return given;
    }

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "Where the router listens: ws://, wss:// or ws+unix:/SOCKET:/PATH (WebSocket), tcp://, tls:// or"
                            + " unix:/SOCKET (RawSocket), http:// or https:// (long-poll)."
                            + " Default: JUNCTOR_URL, or else ws://127.0.0.1:8080/ws.")
    void url(String value) {
        given.put(Setting.URL, value);
    }

    @Option(
            names = "--realm",
            paramLabel = "REALM",
            description = "The realm to join. Default: JUNCTOR_REALM, or else realm1.")
    void realm(String value) {
        given.put(Setting.REALM, value);
    }

    @Option(
            names = "--serializer",
            paramLabel = "NAME",
            description = "json, msgpack or cbor. Default: what the router likes best.")
    void serializer(String value) {
        given.put(Setting.SERIALIZER, value);
    }

    @Option(
            names = "--auth",
            paramLabel = "METHOD",
            description = "How to log in: anonymous, ticket, wampcra, scram, cryptosign, jwt, tls or unix."
                    + " Default: JUNCTOR_AUTH, or else anonymous.")
    void auth(String value) {
        given.put(Setting.AUTH, value);
    }

    @Option(names = "--authid", paramLabel = "NAME", description = "Who to log in as. Default: JUNCTOR_AUTHID.")
    void authid(String value) {
        given.put(Setting.AUTHID, value);
    }

    @Option(names = "--authrole", paramLabel = "ROLE", description = "The role to ask for.")
    void authrole(String value) {
        given.put(Setting.AUTHROLE, value);
    }

    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            description =
                    "The file whose first line is the ticket, secret, password, private key or token; - for standard"
                            + " input. Default: JUNCTOR_SECRET_FILE, the secret in JUNCTOR_SECRET, or a prompt.")
    void secretFile(String value) {
        given.put(Setting.SECRET_FILE, value.equals("-") ? value : absolute(value));
    }

    @Option(
            names = "--secret-env",
            paramLabel = "NAME",
            description = "The environment variable that contains the secret.")
    void secretEnv(String value) {
        given.put(Setting.SECRET_ENV, value);
    }

    @Option(
            names = "--router-key",
            paramLabel = "HEX",
            description = "For cryptosign: the router must prove that it has this public key.")
    void routerKey(String value) {
        given.put(Setting.ROUTER_KEY, value);
    }

    @Option(
            names = "--channel-binding",
            paramLabel = "MODE",
            description = "For scram and cryptosign: none, if-possible or required.")
    void channelBinding(String value) {
        given.put(Setting.CHANNEL_BINDING, value);
    }

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description = "PEM file of certificates to trust. Default: those of the JDK.")
    void trust(String value) {
        given.put(Setting.TRUST, absolute(value));
    }

    @Option(
            names = "--pin",
            paramLabel = "SHA256",
            description = "Trust only the certificate with this fingerprint; several are separated by commas.")
    void pin(String value) {
        given.put(Setting.PIN, value);
    }

    @Option(names = "--certificate", paramLabel = "FILE", description = "PEM file of the client certificate.")
    void certificate(String value) {
        given.put(Setting.CERTIFICATE, absolute(value));
    }

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "PEM file of the private key of the client certificate.")
    void key(String value) {
        given.put(Setting.KEY, absolute(value));
    }

    @Option(
            names = "--proxy",
            paramLabel = "HOST:PORT",
            description = "Connect through this HTTP proxy. Default: the proxy of the Java system properties.")
    void proxy(String value) {
        given.put(Setting.PROXY, value);
    }

    private static String absolute(String file) {
        return Path.of(file).toAbsolutePath().toString();
    }
}
