package io.junctor.router.auth;

import io.junctor.wamp.value.Uri;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Immutable. Where a method finds the clients it knows. */
public sealed interface Source permits Source.Users, Source.Procedure, Source.Program {
    /** What {@code WELCOME} says in {@code authprovider}. */
    String provider();

    /**
     * Immutable. Users of the configuration.
     *
     * @param byAuthid at least one, with credentials of one kind
     */
    record Users(Map<String, Principal> byAuthid) implements Source {
        /** Copies the map. */
        public Users {
            byAuthid = Map.copyOf(byAuthid);
            if (byAuthid.isEmpty()) {
                throw new IllegalArgumentException("a method needs at least one user");
            }
        }

        @Override
        public String provider() {
            return "static";
        }
    }

    /**
     * Immutable. A WAMP procedure (section "Dynamic Authentication").
     *
     * @param uri the procedure
     * @param realm the realm it is registered in, or null for the realm to be joined
     */
    record Procedure(Uri uri, @Nullable String realm) implements Source {
        @Override
        public String provider() {
            return "dynamic";
        }
    }

    /**
     * Immutable. An object of the program that embeds the router.
     *
     * @param authenticator the object
     */
    record Program(Authenticator authenticator) implements Source {
        @Override
        public String provider() {
            return "program";
        }
    }
}
