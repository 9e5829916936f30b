package io.junctor.cli.client;

import io.junctor.cli.client.connection.ConnectionSetting;
import io.junctor.cli.syntax.CommandLineArgument;
import io.junctor.cli.syntax.CommandSyntax;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options that a context can also contain, one for each {@link ConnectionSetting}. */
final class SettingOptions {
    private final Map<ConnectionSetting, CommandLineArgument<@Nullable String>> options =
            new EnumMap<>(ConnectionSetting.class);

    SettingOptions() {
        add(
                ConnectionSetting.URL,
                "URL",
                "Where the router listens: ws://, wss:// or ws+unix:/SOCKET:/PATH (WebSocket), tcp://, tls:// or"
                        + " unix:/SOCKET (RawSocket), http:// or https:// (long-poll)."
                        + " Default: JUNCTOR_URL, or else ws://127.0.0.1:8080/ws.");
        add(ConnectionSetting.REALM, "REALM", "The realm to join. Default: JUNCTOR_REALM, or else realm1.");
        add(ConnectionSetting.SERIALIZER, "NAME", "json, msgpack or cbor. Default: what the router likes best.");
        add(
                ConnectionSetting.AUTH,
                "METHOD",
                "How to log in: anonymous, ticket, wampcra, scram, cryptosign, jwt, tls or unix."
                        + " Default: JUNCTOR_AUTH, or else anonymous.");
        add(ConnectionSetting.AUTHID, "NAME", "Who to log in as. Default: JUNCTOR_AUTHID.");
        add(ConnectionSetting.AUTHROLE, "ROLE", "The role to ask for.");
        add(
                ConnectionSetting.SECRET_FILE,
                "FILE",
                "The file whose first line is the ticket, secret, password, private key or token; - for standard"
                        + " input. Default: JUNCTOR_SECRET_FILE, the secret in JUNCTOR_SECRET, or a prompt.");
        add(ConnectionSetting.SECRET_ENV, "NAME", "The environment variable that contains the secret.");
        add(ConnectionSetting.ROUTER_KEY, "HEX", "For cryptosign: the router must prove that it has this public key.");
        add(ConnectionSetting.CHANNEL_BINDING, "MODE", "For scram and cryptosign: none, if-possible or required.");
        add(ConnectionSetting.TRUST, "FILE", "PEM file of certificates to trust. Default: those of the JDK.");
        add(
                ConnectionSetting.PIN,
                "SHA256",
                "Trust only the certificate with this fingerprint; several are separated by commas.");
        add(ConnectionSetting.CERTIFICATE, "FILE", "PEM file of the client certificate.");
        add(ConnectionSetting.KEY, "FILE", "PEM file of the private key of the client certificate.");
        add(
                ConnectionSetting.PROXY,
                "HOST:PORT",
                "Connect through this HTTP proxy. Default: the proxy of the Java system properties.");
    }

    private void add(ConnectionSetting setting, String label, String description) {
        options.put(setting, CommandLineArgument.text(setting.option(), label, description, null));
    }

    void addTo(CommandSyntax syntax) {
        syntax.add(options.values().toArray(CommandLineArgument<?>[]::new));
    }

    void addTo(CommandSyntax syntax, String heading) {
        syntax.add(heading, options.values());
    }

    /** Returns the settings of the command line. Paths of files are absolute, so that a context can store them. */
    Map<ConnectionSetting, String> given() {
        Map<ConnectionSetting, String> given = new EnumMap<>(ConnectionSetting.class);
        options.forEach((setting, option) -> {
            String value = option.value();
            if (value != null) {
                boolean isFile = setting.isFile() && !(setting == ConnectionSetting.SECRET_FILE && value.equals("-"));
                given.put(setting, isFile ? Path.of(value).toAbsolutePath().toString() : value);
            }
        });
        return given;
    }
}
