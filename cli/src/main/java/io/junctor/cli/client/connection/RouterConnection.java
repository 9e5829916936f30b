package io.junctor.cli.client.connection;

import io.junctor.cli.client.process.CommandEnvironment;
import io.junctor.cli.client.process.CommandException;
import io.junctor.cli.client.process.ExitStatus;
import io.junctor.client.Client;
import io.junctor.client.Session;
import io.junctor.client.SessionClosedException;
import io.junctor.client.WampException;
import io.junctor.client.auth.SslContextBuilder;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.WampError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the client that the settings describe, and turns its failures into sentences with an exit status. Immutable. */
public final class RouterConnection {
    /** The beginning of the client library's text for a refused join; the command says the same in its own words. */
    private static final String JOIN_FAILED = "could not join: ";

    private static final Logger LOG = LoggerFactory.getLogger(RouterConnection.class);

    private final ConnectionSettings settings;
    private final Client client;

    private RouterConnection(ConnectionSettings settings, Client client) {
        this.settings = settings;
        this.client = client;
    }

    /**
     * Creates the client without opening a connection.
     *
     * @param timeout the limit for connecting, for joining, and for the answer to each request
     * @throws CommandException if a setting is wrong
     */
    public static RouterConnection of(ConnectionSettings settings, Duration timeout, CommandEnvironment environment) {
        try {
            Client.Builder builder = Client.builder(settings.url())
                    .realm(settings.realm())
                    .authentication(new AuthenticationFactory(settings, environment).authentication())
                    .connectTimeout(timeout)
                    .joinTimeout(timeout)
                    .requestTimeout(timeout);
            settings.value(ConnectionSetting.SERIALIZER).ifPresent(name -> builder.serializers(serializer(name)));
            settings.value(ConnectionSetting.PROXY).ifPresent(address -> useProxy(builder, address));
            useTls(builder, settings);
            return new RouterConnection(settings, builder.build());
        } catch (IllegalArgumentException problem) {
            throw CommandException.usage(String.valueOf(problem.getMessage()));
        }
    }

    /**
     * Checks the router's address.
     *
     * @throws CommandException if the address has no known scheme, or no host or path
     */
    public static void checkUrl(ConnectionSettings settings) {
        try {
            Client.builder(settings.url());
        } catch (IllegalArgumentException problem) {
            throw CommandException.usage(String.valueOf(problem.getMessage()));
        }
    }

    /** Returns the client. */
    public Client client() {
        return client;
    }

    /**
     * Joins the realm.
     *
     * @throws CommandException if the router cannot be reached, does not answer in time, or refuses
     */
    public Session join() {
        LOG.debug("joining realm {} at {}", settings.realm(), settings.url());
        try {
            Session session = client.join();
            LOG.debug("joined as {}", session);
            return session;
        } catch (WampException failure) {
            throw refused(failure);
        }
    }

    private CommandException refused(WampException failure) {
        if (is(failure, WampError.NETWORK_FAILURE) || is(failure, WampError.CLOSE_TRANSPORT_LOST)) {
            return new CommandException(ExitStatus.NO_CONNECTION, text(failure));
        }
        ExitStatus status = is(failure, WampError.TIMEOUT) ? ExitStatus.TIMEOUT : ExitStatus.LOGIN_REFUSED;
        return new CommandException(
                status,
                "cannot join " + "realm '" + settings.realm() + "' at " + settings.url() + ": " + failure.uri() + ": "
                        + text(failure));
    }

    /**
     * Returns the failure of a request as a sentence with an exit status.
     *
     * @param request the name of the request, such as {@code call of com.example.add}
     */
    public static CommandException failed(String request, WampException failure) {
        return new CommandException(status(failure), request + ": " + failure.getMessage());
    }

    private static ExitStatus status(WampException failure) {
        if (failure instanceof SessionClosedException) {
            return ExitStatus.NO_CONNECTION;
        }
        if (is(failure, WampError.INVALID_URI)) {
            return ExitStatus.USAGE;
        }
        return is(failure, WampError.TIMEOUT) ? ExitStatus.TIMEOUT : ExitStatus.REFUSED;
    }

    private static boolean is(WampException failure, WampError error) {
        return failure.uri().equals(error.uri().text());
    }

    /** Returns the text of a failure, or its URI if it has no text. */
    private static String text(WampException failure) {
        String message = String.valueOf(failure.getMessage());
        String prefix = failure.uri() + ": ";
        String text = message.startsWith(prefix) ? message.substring(prefix.length()) : message;
        return text.startsWith(JOIN_FAILED) ? text.substring(JOIN_FAILED.length()) : text;
    }

    private static void useTls(Client.Builder builder, ConnectionSettings settings) {
        Optional<String> trust = settings.value(ConnectionSetting.TRUST);
        Optional<String> pin = settings.value(ConnectionSetting.PIN);
        Optional<String> certificate = settings.value(ConnectionSetting.CERTIFICATE);
        if (trust.isEmpty() && pin.isEmpty() && certificate.isEmpty()) {
            return;
        }
        SslContextBuilder tls = SslContextBuilder.create();
        trust.ifPresent(file -> tls.authorities(Path.of(file)));
        pin.ifPresent(fingerprints -> tls.pinned(fingerprints.split(",")));
        certificate.ifPresent(file -> tls.certificate(
                Path.of(file),
                Path.of(settings.value(ConnectionSetting.KEY)
                        .orElseThrow(() -> CommandException.usage(ConnectionSetting.CERTIFICATE.option() + " needs "
                                + ConnectionSetting.KEY.option())))));
        builder.tls(tls.build());
    }

    private static void useProxy(Client.Builder builder, String address) {
        int colon = address.lastIndexOf(':');
        if (colon < 1 || !address.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw CommandException.usage(
                    ConnectionSetting.PROXY.option() + " must be HOST:PORT, not '" + address + "'");
        }
        builder.proxy(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    }

    private static Serializer serializer(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "json" -> Serializer.JSON;
            case "msgpack" -> Serializer.MSGPACK;
            case "cbor" -> Serializer.CBOR;
            default ->
                throw CommandException.usage(
                        ConnectionSetting.SERIALIZER.option() + " must be json, msgpack or cbor, not '" + name + "'");
        };
    }
}
