/**
 * The load generator behind {@code junctor bench}, for any WAMP router: sessions, schedules, measurements and reports.
 *
 * <p>Depends on the codecs, on picocli and, as the only package of the project, on HdrHistogram. It has its own WebSocket client, so that
 * one thread can hold thousands of sessions and the router is the bottleneck. Everything runs on the calling thread.
 */
@NullMarked
package io.junctor.cli.bench;

import org.jspecify.annotations.NullMarked;
