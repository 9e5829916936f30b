/**
 * The load generator behind {@code junctor bench}, for any WAMP router: sessions, schedules, measurements and reports.
 *
 * <p>Depends on the codecs, on picocli and, alone in the project, on HdrHistogram; it speaks WebSocket itself, so that one
 * thread can hold thousands of sessions and what it measures is the router. Everything runs on the thread that calls.
 */
@NullMarked
package io.junctor.cli.bench;

import org.jspecify.annotations.NullMarked;
