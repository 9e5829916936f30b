/** Tests of package {@code options}. */
@NullMarked
package io.junctor.wamp.options;

import org.jspecify.annotations.NullMarked;
