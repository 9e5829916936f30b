/**
 * Other programs in tests: runs them, sends signals to them, and starts NATS servers.
 *
 * <p>Depends on the JDK only. Confined to the thread of one test, unless a type says otherwise.
 */
@NullMarked
package io.junctor.testkit.process;

import org.jspecify.annotations.NullMarked;
