package io.junctor.examples;

import io.junctor.client.Session;
import io.junctor.router.Router;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;

/**
 * A router inside a program, whose parts talk to each other by sessions of the same process: no socket is opened. With a listener
 * (see {@code docs/embedding.md}) clients of other programs meet these sessions.
 *
 * <p>Run with {@code examples/run EmbeddedRouter}.
 */
public final class EmbeddedRouter {
    private EmbeddedRouter() {}

    /** Takes no arguments. */
    public static void main(String[] args) {
        RouterConfig config =
                RouterConfig.builder().realm(RealmConfig.open("realm1")).build();
        try (Router router = Router.open(config);
                Session stock = Session.join(router, "realm1");
                Session shop = Session.join(router.inProcess().as("shop", "anonymous"), "realm1")) {
            stock.register("stock.left", invocation -> 10 - invocation.argument(0, Integer.class));
            System.out.println(
                    shop.authid() + " sells 3, " + shop.call("stock.left", 3).as(Integer.class) + " are left");
        }
    }
}
