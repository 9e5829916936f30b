package io.junctor.cluster.nats;

import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.Store;
import io.junctor.cluster.engine.Traffic;
import java.util.Locale;

/**
 * The names of subjects and streams of a cluster. Immutable. All subjects begin with {@code junctor.CLUSTER.1}, where 1 is
 * the version of the layout.
 *
 * @param cluster the name of the cluster
 * @param root the tokens that all subjects begin with
 */
record Names(String cluster, String root) {
    static Names of(String cluster) {
        return new Names(cluster, "junctor." + cluster + ".1");
    }

    /** What the subjects of all lanes begin with, with a dot at the end; the scope follows. */
    String lanes(Traffic traffic) {
        return root + ".m." + name(traffic) + ".";
    }

    /** What the subjects of a lane begin with, with a dot at the end. */
    String lane(Traffic traffic, String scope) {
        return lanes(traffic) + scope + ".";
    }

    /** The subject on which routers ask whether an interest is known. */
    String question(Traffic traffic) {
        return root + ".q." + name(traffic);
    }

    /** The subject of the answers to that question, for one router. */
    String answer(Traffic traffic, RouterId router) {
        return root + ".a." + name(traffic) + "." + router;
    }

    /** The subject of a router's marks, which it sends on one connection and receives on another; see {@link Marks}. */
    String mark(Traffic traffic, RouterId router) {
        return root + ".c." + name(traffic) + "." + router;
    }

    /** The prefix of the subjects on which servers report that a message has no receiver; a number follows. */
    String unheard(Traffic traffic, RouterId router) {
        return root + ".u." + name(traffic) + "." + router + ".";
    }

    /** The prefix of the subjects of the answers of servers to a router. */
    String inbox(RouterId router) {
        return root + ".i." + router + ".";
    }

    /** The prefix of the subjects of records, with a dot at the end. */
    String records(Store store) {
        return root + ".r." + name(store) + ".";
    }

    /** The subject on which a router tests what a stream does. */
    String proof(Store store, RouterId router) {
        return root + ".p." + name(store) + "." + router;
    }

    /** The prefix of the subjects on which a stream publishes its changes to the watchers, with a dot at the end. */
    String followed(Store store) {
        return root + ".f." + name(store) + ".";
    }

    String stream(Store store) {
        return "junctor_" + cluster + "_" + name(store);
    }

    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
