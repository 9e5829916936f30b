package io.junctor.wamp.codec.msgpack;

import io.junctor.wamp.codec.BinaryWireReader;
import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.codec.Timestamps;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads the heads and extension types of MessagePack. Confined to one thread. */
final class MsgpackReader extends BinaryWireReader {
    private static final int TIMESTAMP = -1;
    private static final int SECONDS_BITS = 34;

    MsgpackReader(byte[] bytes, int from, int to, CodecLimits limits) {
        super(bytes, from, to, limits);
    }

    @Override
    protected ItemType head() {
        int lead = bytes[at++] & 0xFF;
        if (lead < 0x80 || lead >= 0xE0) {
            return kind(ItemType.INTEGER, (byte) lead);
        }
        if (lead < 0x90) {
            return kind(ItemType.DICT, lead & 0x0F);
        }
        if (lead < 0xA0) {
            return kind(ItemType.LIST, lead & 0x0F);
        }
        return lead < 0xC0 ? kind(ItemType.TEXT, lead & 0x1F) : wideHead(lead);
    }

    @Override
    protected @Nullable Object tagged(long tag, int depth) {
        throw new AssertionError("MessagePack has no tags");
    }

    /** Converts timestamps to RFC 3339 strings. Other extension types are unsupported values. */
    @Override
    protected Object opaque(int start) {
        int type = bytes[start - 1];
        String time = type == TIMESTAMP ? time(start, at - start) : null;
        return time == null ? unsupported("MessagePack extension type " + type) : time;
    }

    private @Nullable String time(int start, int length) {
        ByteBuffer fields = ByteBuffer.wrap(bytes, start, length);
        return switch (length) {
            case Integer.BYTES -> Timestamps.text(Integer.toUnsignedLong(fields.getInt()), 0);
            case Long.BYTES -> {
                long both = fields.getLong();
                yield Timestamps.text(both & (1L << SECONDS_BITS) - 1, both >>> SECONDS_BITS);
            }
            case Integer.BYTES + Long.BYTES -> {
                long nanos = Integer.toUnsignedLong(fields.getInt());
                yield Timestamps.text(fields.getLong(), nanos);
            }
            default -> null;
        };
    }

    private ItemType wideHead(int lead) {
        return switch (lead) {
            case 0xC0 -> ItemType.NULL;
            case 0xC2, 0xC3 -> kind(ItemType.BOOLEAN, lead & 1);
            case 0xC4, 0xC5, 0xC6 -> kind(ItemType.BYTES, bits(1 << (lead - 0xC4)));
            case 0xC7, 0xC8, 0xC9 -> extension(bits(1 << (lead - 0xC7)));
            case 0xCA -> kind(ItemType.FLOAT, Double.doubleToRawLongBits(Float.intBitsToFloat((int) bits(4))));
            case 0xCB -> kind(ItemType.FLOAT, bits(8));
            case 0xCC, 0xCD, 0xCE, 0xCF -> unsignedHead(bits(1 << (lead - 0xCC)));
            case 0xD0, 0xD1, 0xD2, 0xD3 -> kind(ItemType.INTEGER, signed(1 << (lead - 0xD0)));
            case 0xD4, 0xD5, 0xD6, 0xD7, 0xD8 -> extension(1 << (lead - 0xD4));
            case 0xD9, 0xDA, 0xDB -> kind(ItemType.TEXT, bits(1 << (lead - 0xD9)));
            case 0xDC, 0xDD -> kind(ItemType.LIST, bits(2 << (lead - 0xDC)));
            case 0xDE, 0xDF -> kind(ItemType.DICT, bits(2 << (lead - 0xDE)));
            default -> throw violation("a byte that MessagePack does not use", at - 1);
        };
    }

    private long signed(int width) {
        int unused = Long.SIZE - width * Byte.SIZE;
        return bits(width) << unused >> unused;
    }

    private ItemType unsignedHead(long bits) {
        return kind(bits < 0 ? ItemType.UNSIGNED : ItemType.INTEGER, bits);
    }

    /**
     * Reads an extension of type 0 with one zero byte as null: msgpack libraries for JavaScript encode {@code
     * undefined} this way.
     */
    private ItemType extension(long length) {
        int type = (int) bits(1);
        if (type == 0 && length == 1 && at < end && bytes[at] == 0) {
            at++;
            return ItemType.NULL;
        }
        return kind(ItemType.OPAQUE, length);
    }

    private ItemType kind(ItemType kind, long value) {
        number = value;
        return kind;
    }
}
