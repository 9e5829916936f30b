package io.junctor.cli.bench.session;

import java.util.Arrays;
import java.util.Optional;

/** What the scheme of a URL says about the way to a router. */
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

    /** The forms of URLs, for a sentence. */
    public static final String FORMS =
            "ws://HOST:PORT/PATH, wss:// or ws+unix:/SOCKET:/PATH (WebSocket), tcp://HOST:PORT,"
                    + " tls:// or unix:/SOCKET (RawSocket), http://HOST:PORT/PATH or https:// (long-poll)";

    private final String text;
    private final Protocol protocol;

    UrlScheme(String text, Protocol protocol) {
        this.text = text;
        this.protocol = protocol;
    }

    /** The scheme that is written so. */
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
