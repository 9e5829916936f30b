/** Tests of package {@code value}. */
@NullMarked
package io.junctor.wamp.value;

import org.jspecify.annotations.NullMarked;
