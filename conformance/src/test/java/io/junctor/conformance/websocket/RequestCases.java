package io.junctor.conformance.websocket;

import static io.junctor.conformance.websocket.TestedRouter.KEY;

/** Cases of requests that a router upgrades or refuses. The page shows the HTTP status and what was agreed on. */
final class RequestCases {
    private static final String JSON = "101 wamp.2.json";
    private static final String BAD_REQUEST = "400";
    private static final String UPGRADE_REQUIRED = "426";

    private static final String RIGHT = """
            GET /ws HTTP/1.1
            Host: 127.0.0.1
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: %s
            Sec-WebSocket-Protocol: wamp.2.json
            """.formatted(KEY);

    private RequestCases() {}

    static HandshakeGroup requests() {
        HandshakeGroup group = new HandshakeGroup("The opening handshake: requests", "request", RIGHT);
        group.with("6455-4.2.1", "a request with all that is needed", "", JSON);
        requestLine(group);
        upgrade(group);
        version(group);
        key(group);
        subprotocols(group);
        origins(group);
        return group;
    }

    private static void requestLine(HandshakeGroup group) {
        String line = "GET /ws";
        group.instead("6455-4.1", "HTTP/1.0", line, "GET /ws HTTP/1.0", UPGRADE_REQUIRED);
        group.instead("6455-4.1", "HTTP/3.7", line, "GET /ws HTTP/3.7", "505");
        group.instead("6455-4.1", "the method POST", line, "POST /ws HTTP/1.1", UPGRADE_REQUIRED);
        group.instead("6455-4.1", "the method HEAD", line, "HEAD /ws HTTP/1.1", UPGRADE_REQUIRED);
        group.instead("6455-4.1", "the method get", line, "get /ws HTTP/1.1", UPGRADE_REQUIRED);
        group.instead("6455-4.2.1", "another path", line, "GET /other HTTP/1.1", "404");
        group.instead("6455-4.2.1", "a path that begins as the right one", line, "GET /wsx HTTP/1.1", "404");
        group.instead("6455-4.2.1", "a query", line, "GET /ws?a=b&c HTTP/1.1", JSON);
        group.instead("6455-4.2.1", "an absolute URI", line, "GET http://127.0.0.1/ws HTTP/1.1", JSON);
        group.without("6455-4.2.1", "no Host", "Host:", BAD_REQUEST);
        group.with("6455-4.2.1", "two headers Host", "Host: 127.0.0.1\n", BAD_REQUEST);
        group.instead("6455-4.2.1", "an empty Host", "Host:", "Host:", BAD_REQUEST);
        group.instead("6455-4.2.1", "a Host with a port", "Host:", "Host: 127.0.0.1:8080", JSON);
        group.with("6455-4.1", "a header without a colon", "Something\n", BAD_REQUEST);
        group.with("6455-4.1", "a header with a space before the colon", "Something : else\n", BAD_REQUEST);
        group.with("6455-4.1", "further headers", "Cookie: a=b\nX-Other: " + "x".repeat(200) + "\n", JSON);
        group.with("6455-4.1", "a header of 9,000 octets", "X-Other: " + "x".repeat(9_000) + "\n", "431");
        group.with("6455-4.1", "an empty body that is announced", "Content-Length: 0\n", JSON);
    }

    private static void upgrade(HandshakeGroup group) {
        String upgrade = "Upgrade:";
        group.without("6455-4.2.1", "no Upgrade", upgrade, UPGRADE_REQUIRED);
        group.instead("6455-4.2.1", "an empty Upgrade", upgrade, "Upgrade:", UPGRADE_REQUIRED);
        group.instead("6455-4.2.1", "Upgrade: WebSocket", upgrade, "Upgrade: WebSocket", JSON);
        group.instead("6455-4.2.1", "UPGRADE: WEBSOCKET", upgrade, "UPGRADE: WEBSOCKET", JSON);
        group.instead("6455-4.2.1", "Upgrade: websockets", upgrade, "Upgrade: websockets", UPGRADE_REQUIRED);
        group.instead("6455-4.2.1", "Upgrade: h2c", upgrade, "Upgrade: h2c", UPGRADE_REQUIRED);
        group.instead(
                "6455-4.2.1", "websocket as the second of two protocols", upgrade, "Upgrade: other, websocket", JSON);
        group.instead("6455-4.2.1", "two headers Upgrade", upgrade, "Upgrade: other\nUpgrade: websocket", JSON);
        String connection = "Connection:";
        group.without("6455-4.2.1", "no Connection", connection, BAD_REQUEST);
        group.instead("6455-4.2.1", "Connection: keep-alive", connection, "Connection: keep-alive", BAD_REQUEST);
        group.instead("6455-4.2.1", "Connection: close", connection, "Connection: close", BAD_REQUEST);
        group.instead("6455-4.2.1", "Connection: upgrade", connection, "Connection: upgrade", JSON);
        group.instead(
                "6455-4.2.1", "Connection: keep-alive, Upgrade", connection, "Connection: keep-alive, Upgrade", JSON);
        group.instead(
                "6455-4.2.1",
                "two headers Connection",
                connection,
                "Connection: keep-alive\nConnection: Upgrade",
                JSON);
        group.instead("6455-4.2.1", "Connection: Upgraded", connection, "Connection: Upgraded", BAD_REQUEST);
    }

    private static void version(HandshakeGroup group) {
        String version = "Sec-WebSocket-Version:";
        group.without("6455-4.4", "no version", version, UPGRADE_REQUIRED);
        for (String wrong : new String[] {"", "0", "7", "8", "12", "14", "25", "013", "13.0", "13x", "thirteen"}) {
            group.instead(
                    "6455-4.4",
                    "the version '" + wrong + "'",
                    version,
                    "Sec-WebSocket-Version: " + wrong,
                    UPGRADE_REQUIRED);
        }
        group.with("6455-11.3.5", "the version twice", "Sec-WebSocket-Version: 13\n", BAD_REQUEST);
        group.with("6455-11.3.5", "two versions", "Sec-WebSocket-Version: 8\n", BAD_REQUEST);
    }

    private static void key(HandshakeGroup group) {
        String key = "Sec-WebSocket-Key:";
        group.without("6455-4.2.1", "no key", key, BAD_REQUEST);
        String[][] wrong = {
            {"an empty key", ""},
            {"a key of 15 octets", "AAAAAAAAAAAAAAAAAAAA"},
            {"a key of 17 octets", "AAAAAAAAAAAAAAAAAAAAAAA="},
            {"a key of 1 octet", "AA=="},
            {"a key without padding", "dGhlIHNhbXBsZSBub25jZQ"},
            {"a key that is not base64", "?GhlIHNhbXBsZSBub25jZQ=="},
            {"a key with a space in it", "dGhlIHNhbX BsZSBub25jZQ=="},
        };
        for (String[] each : wrong) {
            group.instead("6455-4.2.1", each[0], key, "Sec-WebSocket-Key: " + each[1], BAD_REQUEST);
        }
        group.instead("6455-4.2.1", "a key with space around it", key, "Sec-WebSocket-Key: \t" + KEY + "  ", JSON);
        group.with("6455-11.3.1", "two keys", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\n", BAD_REQUEST);
        group.instead("6455-4.1", "the header names in lower case", key, "sec-websocket-key: " + KEY, JSON);
    }

    private static void subprotocols(HandshakeGroup group) {
        String name = "Sec-WebSocket-Protocol:";
        group.without("6455-4.2.2", "no subprotocol", name, BAD_REQUEST);
        String[][] cases = {
            {"unknown subprotocols only", "soap, v12.stomp", BAD_REQUEST},
            {"an empty list", "", BAD_REQUEST},
            {"a list of empty elements", ", ,", BAD_REQUEST},
            {"another case of a name", "WAMP.2.JSON", BAD_REQUEST},
            {"a name in quotes", "\"wamp.2.cbor\"", BAD_REQUEST},
            {"a name with a parameter", "wamp.2.cbor; a = b", BAD_REQUEST},
            {"a quote without an end", "wamp.2.json, \"", JSON},
            {"MessagePack", "wamp.2.msgpack", "101 wamp.2.msgpack"},
            {"CBOR", "wamp.2.cbor", "101 wamp.2.cbor"},
            {"batched JSON", "wamp.2.json.batched", "101 wamp.2.json.batched"},
            {"a known one after unknown ones", "soap, wamp, v12.stomp, wamp.2.cbor", "101 wamp.2.cbor"},
            {"two known ones, of which the first is preferred", "wamp.2.msgpack, wamp.2.json", "101 wamp.2.msgpack"},
            {"a comma at the end", "wamp.2.json,", JSON},
            {"no space after the comma", "soap,wamp.2.json", JSON},
        };
        for (String[] each : cases) {
            group.instead("6455-4.2.2", each[0], name, "Sec-WebSocket-Protocol: " + each[1], each[2]);
        }
        group.instead(
                "6455-11.3.4",
                "two headers of subprotocols",
                name,
                "Sec-WebSocket-Protocol: soap\nSec-WebSocket-Protocol: wamp.2.cbor",
                "101 wamp.2.cbor");
    }

    private static void origins(HandshakeGroup group) {
        group.with("6455-10.2", "the origin of the listener", "Origin: http://127.0.0.1\n", JSON);
        group.with("6455-10.2", "a foreign origin", "Origin: http://example.org\n", "403");
        group.with("6455-10.2", "the origin null", "Origin: null\n", "403");
        group.with("6455-10.2", "an origin that is no URI", "Origin: nonsense\n", "403");
    }

    static HandshakeGroup extensions() {
        HandshakeGroup group =
                new HandshakeGroup("The opening handshake: offers of permessage-deflate", "offer", RIGHT);
        String both = "server_no_context_takeover; client_no_context_takeover";
        String agreed = JSON + "; permessage-deflate; " + both;
        offer(group, "7692-7.1", "permessage-deflate", agreed);
        offer(group, "7692-7.1.1.1", "permessage-deflate; server_no_context_takeover", agreed);
        offer(group, "7692-7.1.1.2", "permessage-deflate; client_no_context_takeover", agreed);
        offer(group, "7692-7.1.2.2", "permessage-deflate; client_max_window_bits", agreed);
        offer(group, "7692-7.1", "permessage-deflate; " + both + "; client_max_window_bits", agreed);
        for (int bits = 8; bits <= 15; bits++) {
            String window = "server_max_window_bits=" + bits;
            offer(group, "7692-7.1.2.1", "permessage-deflate; " + window, agreed + "; " + window);
            offer(group, "7692-7.1.2.2", "permessage-deflate; client_max_window_bits=" + bits, agreed);
        }
        offer(
                group,
                "7692-7.1.2.1",
                "permessage-deflate; server_max_window_bits=\"10\"",
                agreed + "; server_max_window_bits=10");
        offer(
                group,
                "7692-7.1",
                "permessage-deflate ;client_no_context_takeover ; server_max_window_bits = 9",
                agreed + "; server_max_window_bits=9");
        declined(group);
        lists(group, agreed);
        return group;
    }

    private static void declined(HandshakeGroup group) {
        for (String wrong : new String[] {
            "server_max_window_bits",
            "server_max_window_bits=7",
            "server_max_window_bits=16",
            "server_max_window_bits=08",
            "server_max_window_bits=1000000000000",
            "server_max_window_bits=x",
            "client_max_window_bits=7",
            "client_max_window_bits=16",
            "client_max_window_bits=010",
            "server_no_context_takeover=1",
            "client_no_context_takeover=true",
            "unknown",
            "unknown=1",
            "client_no_context_takeover; client_no_context_takeover",
            "server_max_window_bits=9; server_max_window_bits=9"
        }) {
            offer(group, "7692-7.1", "permessage-deflate; " + wrong, JSON);
        }
    }

    private static void lists(HandshakeGroup group, String agreed) {
        offer(group, "7692-7.1", "permessage-deflate; server_max_window_bits=7, permessage-deflate", agreed);
        offer(
                group,
                "7692-5.1",
                "x-unknown; a=b, permessage-deflate; server_max_window_bits=12",
                agreed + "; server_max_window_bits=12");
        offer(
                group,
                "7692-5.1",
                "permessage-deflate; server_max_window_bits=11, permessage-deflate; server_max_window_bits=12",
                agreed + "; server_max_window_bits=11");
        offer(group, "6455-9.1", "x-webkit-deflate-frame", JSON);
        offer(group, "6455-9.1", "permessage-deflater", JSON);
        group.with(
                "6455-9.1",
                "two headers of extensions",
                "Sec-WebSocket-Extensions: other\nSec-WebSocket-Extensions: permessage-deflate\n",
                agreed);
        for (String malformed : new String[] {
            "permessage-deflate;",
            "permessage-deflate;;client_max_window_bits",
            "; client_max_window_bits",
            "permessage-deflate; =10",
            "permessage-deflate; server_max_window_bits=",
            "permessage-deflate; server_max_window_bits=\"10",
            "permessage deflate",
            "x-unknown; a=b c",
            "x-unknown; a=\"b c\"",
            "x(unknown)",
            "x-unknown=1"
        }) {
            offer(group, "6455-9.1", malformed, BAD_REQUEST);
        }
    }

    private static void offer(HandshakeGroup group, String section, String extensions, String expected) {
        group.with(section, extensions, "Sec-WebSocket-Extensions: " + extensions + "\n", expected);
    }
}
