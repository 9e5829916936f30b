/** The WAMP client. */
module io.junctor.client {
    requires static transitive org.jspecify;
    requires transitive io.junctor.wamp;
    requires transitive com.fasterxml.jackson.core;
    requires transitive com.fasterxml.jackson.databind;
    requires java.net.http;

    exports io.junctor.client;
}
