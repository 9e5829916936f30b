package io.junctor.wamp.auth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The GS2 header of a SCRAM exchange, which determines how the AuthMessage encodes the user name and the channel binding (RFC 5802, section
 * 5.1).
 *
 * @param channel the value of the attribute {@code c}
 * @param escaping whether commas and equal signs in the user name are escaped
 */
public record ScramHeader(String channel, boolean escaping) {
    /** The header without channel binding: base64 of {@code n,,}. */
    public static final ScramHeader UNBOUND = new ScramHeader("biws", true);

    /** The header of the variant that Autobahn and Crossbar.io call {@code scram}, see {@link #autobahnSalted}. */
    public static final ScramHeader AUTOBAHN = new ScramHeader("", false);

    /**
     * Creates a header with channel binding.
     *
     * @param type the type, such as {@link ChannelBinding#EXPORTER}
     * @param binding the channel binding, see {@link ChannelBinding}
     */
    public static ScramHeader bound(String type, byte[] binding) {
        byte[] header = ("p=" + type + ",,").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer both = ByteBuffer.allocate(header.length + binding.length);
        return new ScramHeader(Base64Text.of(both.put(header).put(binding).array()), true);
    }

    /** Returns the salted password of {@link #AUTOBAHN}: the derived key as base64 without padding. */
    public static byte[] autobahnSalted(byte[] derived) {
        return Base64.getEncoder().withoutPadding().encode(derived);
    }

    String name(String authid) {
        return escaping ? authid.replace("=", "=3D").replace(",", "=2C") : authid;
    }
}
