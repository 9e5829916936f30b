/** The router: realms, broker, dealer, security, configuration and its server. */
module io.junctor.router {
    requires transitive io.junctor.wamp;
    requires static transitive org.jspecify;
    requires static com.google.errorprone.annotations;
    requires jdk.management;
    requires micrometer.core;
    requires micrometer.registry.prometheus;
    requires org.agrona;
    requires org.eclipse.jetty.http;
    requires org.eclipse.jetty.io;
    requires org.eclipse.jetty.server;
    requires org.eclipse.jetty.util;
    requires org.slf4j;
    requires org.snakeyaml.engine;

    exports io.junctor.router;
    exports io.junctor.router.config;
    exports io.junctor.router.config.yaml;
    exports io.junctor.router.metrics;
    exports io.junctor.router.server;
    exports io.junctor.router.transport;
    exports io.junctor.router.turn;
}
