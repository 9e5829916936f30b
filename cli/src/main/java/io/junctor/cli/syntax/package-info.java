/**
 * Describes commands to picocli by code. To read annotations takes a fifth of the time of a client command: the JDK makes a class
 * for each type of annotation, which no cache of classes keeps.
 *
 * <p>Depends on picocli only. Confined to the main thread.
 */
@NullMarked
package io.junctor.cli.syntax;

import org.jspecify.annotations.NullMarked;
