/**
 * Rules about packages, dependencies and threads, which each module applies to its own classes in a test. Internal.
 *
 * <p>Depends on ArchUnit.
 */
@NullMarked
package io.junctor.house;

import org.jspecify.annotations.NullMarked;
