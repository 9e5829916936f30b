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

    /** The transports that the scenario runs over. */
    Where on() default Where.ANYWHERE;

    /** Why the scenario does not run over the endpoint of a web application; empty if it does. */
    String notOverJakarta() default "";

    /** Sets of transports. */
    enum Where {
        ANYWHERE,
        /** Only in memory, on one router and on those of a cluster: the scenario stops reading, or checks what the router did not demand. */
        IN_MEMORY,
        /** Only over WebSocket. */
        ON_SOCKETS
    }
}
