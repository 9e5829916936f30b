package io.junctor.client.internal.rawsocket;

import io.junctor.client.internal.http.ProxyAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A tunnel through an HTTP proxy to the router (RFC 9110, section 9.3.6). */
final class HttpTunnel {
    private static final int MOST_HEAD_BYTES = 1 << 14;
    private static final String END = "\r\n\r\n";
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})");

    private HttpTunnel() {}

    /** Reports that the proxy opened no tunnel. The text contains the proxy's response. */
    static final class TunnelRefusedException extends IOException {
        private static final long serialVersionUID = 1;

        TunnelRefusedException(String text) {
            super(text);
        }
    }

    /** Asks the proxy at the other end of {@code socket} for a tunnel. Blocks until the proxy answers. */
    static void open(Socket socket, ProxyAddress proxy, String host, int port) throws IOException {
        String target = host + ":" + port;
        StringBuilder request = new StringBuilder("CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n");
        if (proxy.user() != null) {
            String login = proxy.user() + ":" + (proxy.password() == null ? "" : proxy.password());
            String encoded = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
            request.append("Proxy-Authorization: Basic ").append(encoded).append("\r\n");
        }
        socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        Matcher status = STATUS.matcher(head(socket.getInputStream()));
        if (!status.lookingAt()) {
            throw new TunnelRefusedException("the answer to CONNECT is not HTTP");
        }
        if (!status.group(1).startsWith("2")) {
            throw new TunnelRefusedException("answered HTTP " + status.group(1) + " to CONNECT");
        }
    }

    /** Reads the header of the response, and no byte after it, because later bytes are the router's. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf(END, Math.max(0, head.length() - END.length())) < 0) {
            int octet = in.read();
            if (octet < 0) {
                throw new TunnelRefusedException("closed the connection in answer to CONNECT");
            }
            if (head.length() == MOST_HEAD_BYTES) {
                throw new TunnelRefusedException(
                        "the head of the answer to CONNECT has more than " + MOST_HEAD_BYTES + " bytes");
            }
            head.append((char) octet);
        }
        return head.toString();
    }
}
