/**
 * The process of a client command: its streams, environment, exit status and signals, and other programs that it runs.
 *
 * <p>Depends on the JDK only. Commands run on the main thread; programs are awaited on the thread that starts them.
 */
@NullMarked
package io.junctor.cli.client.process;

import org.jspecify.annotations.NullMarked;
