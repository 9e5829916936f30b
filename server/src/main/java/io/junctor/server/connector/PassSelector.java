package io.junctor.server.connector;

import io.junctor.router.turn.Pass;
import java.io.IOException;
import java.nio.channels.Selector;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Safe for use by many threads. A selector that runs the readers of its connections itself, all that are ready as one pass: what
 * ten of them sent to the same client goes out as one write (see ADR 5).
 *
 * <p>The pass belongs to the thread that selects. It ends before that thread selects again, before it may leave this selector
 * to another one, after {@link #READS_PER_PASS} reads, and when it has delivered as much as fits a pass.
 */
final class PassSelector extends ManagedSelector implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(PassSelector.class);

    /** Of at most 64 KiB and 256 messages each, so that a pass always fits the outboxes it fills. */
    static final int READS_PER_PASS = 16;

    // Of the thread that selects; Jetty hands it over.
    private @Nullable Pass pass;
    private int reads;

    PassSelector(SelectorManager manager, int number) {
        super(manager, number);
    }

    /** Runs a task on this selector's thread. */
    @Override
    public void execute(Runnable task) {
        submit(any -> task.run());
    }

    /** Runs the reader of a connection that is ready; called by the thread that selects. */
    void read(Runnable reader) {
        if (pass == null) {
            pass = Pass.openAt(this);
        }
        reader.run();
        reads++;
        if (reads == READS_PER_PASS || pass.isSpent()) {
            endPass();
        }
    }

    /** Flushes what the readers left. */
    void endPass() {
        Pass ended = pass;
        if (ended != null) {
            pass = null;
            reads = 0;
            try {
                ended.close();
            } catch (RuntimeException fault) {
                // The selector serves other connections, too.
                LOG.error("flushing failed", fault);
            }
        }
    }

    @Override
    protected int nioSelect(Selector selector, boolean now) throws IOException {
        endPass();
        return super.nioSelect(selector, now);
    }
}
