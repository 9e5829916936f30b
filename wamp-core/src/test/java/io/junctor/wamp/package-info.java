/** Tests of the codecs as their users see them. */
@NullMarked
package io.junctor.wamp;

import org.jspecify.annotations.NullMarked;
