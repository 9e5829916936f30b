/** Values, messages, codecs and protocol rules of WAMP. */
module io.junctor.wamp {
    requires static transitive org.jspecify;

    exports io.junctor.wamp;
    exports io.junctor.wamp.codec;
    exports io.junctor.wamp.message;
    exports io.junctor.wamp.options;
    exports io.junctor.wamp.value;
}
