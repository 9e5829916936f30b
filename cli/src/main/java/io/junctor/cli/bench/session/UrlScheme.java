package io.junctor.cli.bench.session;

import java.util.Arrays;
import java.util.Optional;

/** The schemes of URLs, each with its WAMP transport and whether it uses TLS. */
public enum UrlScheme {
    WS("ws", Protocol.WEBSOCKET),
    WSS("wss", Protocol.WEBSOCKET),
    WS_UNIX("ws+unix", Protocol.WEBSOCKET),
    TCP("tcp", Protocol.RAWSOCKET),
    TLS("tls", Protocol.RAWSOCKET),
    UNIX("unix", Protocol.RAWSOCKET),
    HTTP("http", Protocol.LONG_POLL),
    HTTPS("https", Protocol.LONG_POLL);

    /** A transport of WAMP. */
    public enum Protocol {
        WEBSOCKET,
        RAWSOCKET,
        LONG_POLL
    }

    /** The forms of URLs, for error texts. */
    public static final String FORMS =
            "ws://HOST:PORT/PATH, wss:// or ws+unix:/SOCKET:/PATH (WebSocket), tcp://HOST:PORT,"
                    + " tls:// or unix:/SOCKET (RawSocket), http://HOST:PORT/PATH or https:// (long-poll)";

    private final String text;
    private final Protocol protocol;

    UrlScheme(String text, Protocol protocol) {
        this.text = text;
        this.protocol = protocol;
    }

    /** Returns the scheme with this name. */
    public static Optional<UrlScheme> of(String text) {
        return Arrays.stream(values()).filter(each -> each.text.equals(text)).findFirst();
    }

    public Protocol protocol() {
        return protocol;
    }

    public boolean isEncrypted() {
        return this == WSS || this == TLS || this == HTTPS;
    }

    public boolean isUnix() {
        return this == UNIX || this == WS_UNIX;
    }
}
