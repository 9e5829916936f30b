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
 * A Jetty selector that runs the readers of all ready connections itself, in one pass, so that messages of ten clients for one
 * client leave in one write (see ADR 5). Thread-safe.
 *
 * <p>The pass is confined to the selecting thread. It ends before that thread selects the next time, before another thread may
 * take over the selector, after {@link #READS_PER_PASS} reads, and when it has delivered the most bytes allowed in a pass.
 */
final class PassSelector extends ManagedSelector implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(PassSelector.class);

    /** The most reads in a pass. A read is at most 64 KiB and 256 messages, so that the messages of a pass fit into the outboxes. */
    static final int READS_PER_PASS = 16;

    /** The selector that the current thread runs, until another thread may take it over. */
    private static final ThreadLocal<@Nullable PassSelector> SERVED = new ThreadLocal<>();

    // Confined to the selecting thread; Jetty passes it on when another thread becomes the selecting thread.
    private @Nullable Pass pass;
    private int reads;

    PassSelector(SelectorManager manager, int number) {
        super(manager, number);
    }

    /** Runs a task on this selector's thread. */
    @Override
    public void execute(Runnable task) {
        submit(selector -> {
            try {
                read(task);
            } finally {
                endPass();
            }
        });
    }

    /**
     * Opens or closes a connection on the selecting thread, if that is the calling thread: this costs less than another thread.
     * During a pass, the task runs at the end of the pass, when the thread holds no lock. Returns false on any other thread.
     */
    static boolean runHere(Runnable task) {
        PassSelector served = SERVED.get();
        if (served == null) {
            return false;
        }
        Pass open = served.pass;
        if (open == null) {
            task.run();
        } else {
            open.atEnd(task, served);
        }
        return true;
    }

    /** Runs the reader of a ready connection on the selecting thread. */
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

    /** Flushes the messages that the readers of this pass queued. */
    void endPass() {
        Pass ended = pass;
        if (ended != null) {
            reads = 0;
            try {
                ended.close();
            } catch (RuntimeException | Error fault) {
                // The selector must go on serving the other connections.
                LOG.error("a selector cannot flush the messages of a pass", fault);
            } finally {
                pass = null;
            }
        }
    }

    /** Ends the pass, because another thread may take over this selector. */
    void leave() {
        endPass();
        SERVED.remove();
    }

    @Override
    protected int nioSelect(Selector selector, boolean now) throws IOException {
        endPass();
        SERVED.set(this);
        return super.nioSelect(selector, now);
    }
}
