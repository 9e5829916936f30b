package io.junctor.server.yaml;

import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.RouterLimits;
import java.util.List;

/** Warns of {@code message_bytes} that do not fit into outboxes or the heap. */
final class MemoryFit {
    private static final int MIB = 1 << 20;

    private MemoryFit() {}

    /** Warns at each listener whose largest message does not fit. */
    static void warn(List<ListenerSection.Located> listeners, RouterConfig config) {
        long heapBytes = Runtime.getRuntime().maxMemory();
        listeners.forEach(
                listener -> warn(listener.node(), listener.config().limits().messageBytes(), config, heapBytes));
    }

    private static void warn(YamlNode node, int messageBytes, RouterConfig config, long heapBytes) {
        RouterLimits limits = config.limits();
        String message = "message_bytes is " + size(messageBytes);
        String share = " together (%s_heap_percent %d of a heap of " + size(heapBytes) + "): ";
        String remedy = ". Give the JVM a larger heap (-Xmx)";
        long incoming = heapBytes / 100 * limits.incomingHeapPercent();
        if (messageBytes > incoming) {
            node.warn(message + ", but incoming messages may hold " + size(incoming)
                    + share.formatted("incoming", limits.incomingHeapPercent())
                    + "a connection that sends a larger message ends" + remedy);
        }
        long outboxes = heapBytes / 100 * limits.outboxHeapPercent();
        if (2L * messageBytes > outboxes) {
            node.warn(message + ", and twice as much while it is sent, but all outboxes may hold " + size(outboxes)
                    + share.formatted("outbox", limits.outboxHeapPercent())
                    + "beside such a message, slow clients lose events" + remedy);
        }
        config.all().forEach(realm -> {
            int outbox = realm.limits().within(heapBytes).outboxBytes();
            if (messageBytes > outbox / 2) {
                node.warn(message + ", more than half of outbox_bytes (" + size(outbox) + ") of realm '" + realm.name()
                        + "': while one such message waits for a session, a second one is dropped or refused");
            }
        });
    }

    /** In MiB where that is a whole number or large, else in bytes. */
    private static String size(long bytes) {
        return bytes % MIB == 0 || bytes >= 100L * MIB ? bytes / MIB + "MiB" : bytes + " bytes";
    }
}
