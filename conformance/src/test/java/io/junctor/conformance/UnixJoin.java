package io.junctor.conformance;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A program that joins by RawSocket and prints what the router sends, or why it cannot connect. It uses the JDK only. */
final class UnixJoin {
    private static final int ENOUGH_BYTES = 300;

    private UnixJoin() {}

    /** Joins at the path of a Unix domain socket. */
    public static void main(String[] arguments) {
        byte[] hello = "[1,\"realm1\",{\"roles\":{\"caller\":{}}}]".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer all = ByteBuffer.allocate(8 + hello.length);
        all.putInt(0x7FF10000).putInt(hello.length).put(hello).flip();
        ByteBuffer answer = ByteBuffer.allocate(4_096);
        try (SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(arguments[0]))) {
            socket.write(all);
            int count = socket.read(answer);
            while (count >= 0 && answer.position() < ENOUGH_BYTES) {
                count = socket.read(answer);
            }
            System.out.println(new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            System.out.println(e.getMessage());
        }
    }
}
