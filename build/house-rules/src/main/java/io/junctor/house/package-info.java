/**
 * Rules about packages, names and threads that each module applies to its own classes in a test.
 *
 * <p>Depends on ArchUnit. Immutable rules: safe for use by many threads.
 */
@NullMarked
package io.junctor.house;

import org.jspecify.annotations.NullMarked;
