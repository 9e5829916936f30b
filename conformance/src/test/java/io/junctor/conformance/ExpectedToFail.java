package io.junctor.conformance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a scenario of a row that the router does not meet yet. It runs, and the build fails if it passes. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface ExpectedToFail {
    /** What is missing. */
    String value();
}
