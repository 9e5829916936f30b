package io.junctor.router.turn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that touches the state of a realm: only the thread that holds the realm's turn may call it. It is called
 * by other such methods, and by lambdas and method references handed to a {@link Turnstile}; the build checks this.
 */
@Documented
@Target({ElementType.METHOD, ElementType.CONSTRUCTOR})
@Retention(RetentionPolicy.CLASS)
public @interface InTurn {}
