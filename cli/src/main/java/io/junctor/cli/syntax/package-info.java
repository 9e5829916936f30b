/**
 * Describes commands to picocli by code. Reading annotations instead takes a fifth of the time of a client command: the JDK generates a
 * class for each type of annotation, which the class cache of the JVM does not store.
 *
 * <p>Depends on picocli only. Confined to the main thread.
 */
@NullMarked
package io.junctor.cli.syntax;

import org.jspecify.annotations.NullMarked;
