package io.junctor.cli.client;

import io.junctor.cli.client.connection.Setting;
import io.junctor.cli.syntax.CommandLineArgument;
import io.junctor.cli.syntax.Syntax;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options that a context can also contain, one for each {@link Setting}. */
final class SettingOptions {
    private final Map<Setting, CommandLineArgument<@Nullable String>> options = new EnumMap<>(Setting.class);

    SettingOptions() {
        add(
                Setting.URL,
                "URL",
                "Where the router listens: ws://, wss:// or ws+unix:/SOCKET:/PATH (WebSocket), tcp://, tls:// or"
                        + " unix:/SOCKET (RawSocket), http:// or https:// (long-poll)."
                        + " Default: JUNCTOR_URL, or else ws://127.0.0.1:8080/ws.");
        add(Setting.REALM, "REALM", "The realm to join. Default: JUNCTOR_REALM, or else realm1.");
        add(Setting.SERIALIZER, "NAME", "json, msgpack or cbor. Default: what the router likes best.");
        add(
                Setting.AUTH,
                "METHOD",
                "How to log in: anonymous, ticket, wampcra, scram, cryptosign, jwt, tls or unix."
                        + " Default: JUNCTOR_AUTH, or else anonymous.");
        add(Setting.AUTHID, "NAME", "Who to log in as. Default: JUNCTOR_AUTHID.");
        add(Setting.AUTHROLE, "ROLE", "The role to ask for.");
        add(
                Setting.SECRET_FILE,
                "FILE",
                "The file whose first line is the ticket, secret, password, private key or token; - for standard"
                        + " input. Default: JUNCTOR_SECRET_FILE, the secret in JUNCTOR_SECRET, or a prompt.");
        add(Setting.SECRET_ENV, "NAME", "The environment variable that contains the secret.");
        add(Setting.ROUTER_KEY, "HEX", "For cryptosign: the router must prove that it has this public key.");
        add(Setting.CHANNEL_BINDING, "MODE", "For scram and cryptosign: none, if-possible or required.");
        add(Setting.TRUST, "FILE", "PEM file of certificates to trust. Default: those of the JDK.");
        add(
                Setting.PIN,
                "SHA256",
                "Trust only the certificate with this fingerprint; several are separated by commas.");
        add(Setting.CERTIFICATE, "FILE", "PEM file of the client certificate.");
        add(Setting.KEY, "FILE", "PEM file of the private key of the client certificate.");
        add(
                Setting.PROXY,
                "HOST:PORT",
                "Connect through this HTTP proxy. Default: the proxy of the Java system properties.");
    }

    private void add(Setting setting, String label, String description) {
        options.put(setting, CommandLineArgument.text(setting.option(), label, description, null));
    }

    void addTo(Syntax syntax) {
        syntax.add(options.values().toArray(CommandLineArgument<?>[]::new));
    }

    void addTo(Syntax syntax, String heading) {
        syntax.add(heading, options.values());
    }

    /** Returns the settings of the command line. Paths of files are absolute, so that a context can store them. */
    Map<Setting, String> given() {
        Map<Setting, String> given = new EnumMap<>(Setting.class);
        options.forEach((setting, option) -> {
            String value = option.value();
            if (value != null) {
                boolean isFile = setting.isFile() && !(setting == Setting.SECRET_FILE && value.equals("-"));
                given.put(setting, isFile ? Path.of(value).toAbsolutePath().toString() : value);
            }
        });
        return given;
    }
}
