package io.junctor.cluster.nats;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.Traffic;
import io.junctor.router.config.cluster.NatsLogin;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/**
 * How a router's connections behave: they come back by themselves, keep nothing while they are away, and notice a silent
 * server within three seconds.
 */
record ConnectionOptions(NatsSettings settings, RouterId router, Names names) {
    /**
     * The options of a connection.
     *
     * @param taker takes messages where they are read
     * @param onEvent is told what becomes of the connection
     */
    Options build(
            Traffic traffic,
            ConnectionReports reports,
            MessagePort.Taker taker,
            Consumer<ConnectionListener.Events> onEvent) {
        Options.Builder options = new Options.Builder()
                .servers(settings.servers().toArray(String[]::new))
                .connectionName("junctor-" + router + "-" + Names.name(traffic))
                .inboxPrefix(names.inbox(router))
                .connectionTimeout(Duration.ofSeconds(2))
                .noEcho()
                .maxReconnects(-1)
                .reconnectWait(Duration.ofMillis(20))
                .reconnectJitter(Duration.ofMillis(20))
                .reconnectBufferSize(0)
                .pingInterval(Duration.ofSeconds(1))
                .maxPingsOut(2)
                .requestCleanupInterval(Duration.ofSeconds(1))
                .errorListener(reports)
                .connectionListener(new Listener(taker, onEvent))
                .dataPortType(MessagePort.class.getName())
                // Without a limit, publishing never blocks. Routers bound what waits.
                .maxMessagesInOutgoingQueue(0);
        logIn(options);
        if (settings.isEncrypted()) {
            options.sslContext(HostnameCheck.of(settings.tls().orElseGet(ConnectionOptions::usualTrust)));
        }
        return options.build();
    }

    private static SSLContext usualTrust() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no TLS", e);
        }
    }

    private void logIn(Options.Builder options) {
        switch (settings.login()) {
            case NatsLogin.None none -> {}
            case NatsLogin.UserPassword login ->
                options.userInfo(login.user().toCharArray(), login.password().toCharArray());
            case NatsLogin.Token login -> options.token(login.token().toCharArray());
            case NatsLogin.Seed login ->
                options.authHandler(Nats.staticCredentials(null, login.seed().toCharArray()));
            case NatsLogin.Credentials login ->
                options.authHandler(Nats.staticCredentials(login.text().getBytes(UTF_8)));
        }
    }

    /**
     * Takes what the library tells of a connection; {@link MessagePort} finds its taker here.
     *
     * @param taker takes messages where they are read
     * @param onEvent is told what becomes of the connection
     */
    record Listener(MessagePort.Taker taker, Consumer<ConnectionListener.Events> onEvent)
            implements ConnectionListener {
        @Override
        @SuppressWarnings("deprecation")
        public void connectionEvent(Connection connection, ConnectionListener.Events event) {
            onEvent.accept(event);
        }
    }
}
