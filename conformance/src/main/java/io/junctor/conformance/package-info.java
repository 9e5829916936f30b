/**
 * Scenarios named after rows of the conformance list, run over every transport and serializer.
 *
 * <p>Depends on the test kit and both public APIs. Each scenario runs on its own thread of the test engine.
 */
@NullMarked
package io.junctor.conformance;

import org.jspecify.annotations.NullMarked;
