package io.junctor.cluster.call;

import java.util.List;

/** The items that are sent to a router in one message. A {@link RouterQueue} guards the items. */
final class Parcel {
    /** The number of this parcel among all parcels to the router. */
    final long number;
    /** The position of its last item. */
    final long end;

    private List<WaitingItem> items;

    Parcel(long number, List<WaitingItem> items) {
        this.number = number;
        this.end = items.getLast().position;
        this.items = items;
    }

    /** The items; empty if the router has taken them. */
    List<WaitingItem> items() {
        return items;
    }

    /** Releases the items when the router has taken them: an engine may reference the parcel for some time longer. */
    void clear() {
        items = List.of();
    }
}
