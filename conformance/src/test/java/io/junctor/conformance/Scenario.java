package io.junctor.conformance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that is written once and run over every {@link TransportVariant}; it takes a {@link Testbed}. It names the rows of the protocol
 * list that it proves.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(ScenarioExtension.class)
@interface Scenario {
    /** Ids such as {@code PS-01}. */
    String[] value();

    /** The roads it makes sense on. */
    Where on() default Where.ANYWHERE;

    /** Why it is not run over the endpoint inside a web application; empty where it is. */
    String notOverJakarta() default "";

    /** Kinds of roads. */
    enum Where {
        ANYWHERE,
        /** Needs the in-memory link: it stops reading, or looks at what the router did not ask for. */
        IN_MEMORY,
        /** Is about WebSocket itself. */
        ON_SOCKETS
    }
}
