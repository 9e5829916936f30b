/**
 * Other programs in tests: runs them, sends them signals, and starts servers of NATS.
 *
 * <p>Depends on the JDK only. Confined to the thread of one test, unless a type says otherwise.
 */
@NullMarked
package io.junctor.testkit.process;

import org.jspecify.annotations.NullMarked;
