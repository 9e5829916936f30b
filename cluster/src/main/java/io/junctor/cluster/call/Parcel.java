package io.junctor.cluster.call;

import java.util.List;

/** What goes to a router in one message. A {@link RouterQueue} guards its items. */
final class Parcel {
    /** Counts the parcels to the router. */
    final long number;
    /** The position of its last item. */
    final long end;

    private List<WaitingItem> items;

    Parcel(long number, List<WaitingItem> items) {
        this.number = number;
        this.end = items.getLast().position;
        this.items = items;
    }

    /** Its items; empty if the router has taken them. */
    List<WaitingItem> items() {
        return items;
    }

    /** The router has taken it: an engine may remember it for some time, but not its items. */
    void clear() {
        items = List.of();
    }
}
