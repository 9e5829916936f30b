/** What clients do wrong on each transport, and networks that break: what the router answers, logs and counts, and that others are served. */
@NullMarked
package io.junctor.conformance.faults;

import org.jspecify.annotations.NullMarked;
