package io.junctor.cluster.registry;

import io.junctor.cluster.engine.Entry;
import io.junctor.cluster.engine.Records;
import io.junctor.cluster.engine.Written;
import io.junctor.cluster.protocol.CalleeEncoder;
import io.junctor.cluster.protocol.InvalidBodyException;
import io.junctor.cluster.protocol.ProcedureRecord;
import io.junctor.wamp.codec.UnrepresentableException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes the entries of a realm's registry: what concerns one procedure is written one step after the other. Thread-safe. */
final class RegistryStore {
    private final String realm;
    private final Records records;
    private final RegistryTable table;
    private final Consumer<Entry> onRead;
    private final KeySequence steps = new KeySequence();

    /** @param onRead is told each record that was read; throws {@link InvalidBodyException} if the record has another form */
    RegistryStore(String realm, Records records, RegistryTable table, Consumer<Entry> onRead) {
        this.realm = realm;
        this.records = records;
        this.table = table;
        this.onRead = onRead;
    }

    /** Starts {@code step} when the earlier steps for the procedure have ended. */
    void run(String key, Supplier<CompletionStage<?>> step) {
        steps.run(key, step);
    }

    /**
     * Reads the record of a procedure, which another router may have changed; returns whether the store has answered. The stage fails with an
     * {@link InvalidBodyException} if the record has another form.
     */
    CompletionStage<Boolean> reread(String key) {
        return records.read(key).handle((entry, failure) -> {
            if (entry != null && entry.isPresent()) {
                onRead.accept(entry.get());
            } else if (failure == null) {
                table.forget(key);
            }
            return failure == null;
        });
    }

    /**
     * The bytes in which a callee stands: those of its row, or of the record if the procedure is not shared.
     *
     * @throws UnrepresentableException if an option of REGISTER cannot be stored
     */
    byte[] entry(RegistryTable.Own own, ProcedureRecord record) throws UnrepresentableException {
        return own.isHolder()
                ? CalleeEncoder.toBytes(realm, record, own.callee())
                : CalleeEncoder.toBytes(realm, own.callee());
    }

    /** Writes a record in place of the known one. */
    CompletionStage<Written> write(String key, RegistryTable.@Nullable Known known, byte[] record) {
        return known == null ? records.create(key, record) : records.replace(key, record, known.revision());
    }

    /** Deletes a record. */
    CompletionStage<Written> delete(String key, RegistryTable.Known known) {
        return records.delete(key, known.revision());
    }

    /** Writes the row of a callee of this router. */
    CompletionStage<Written> putRow(String key, byte[] row) {
        return records.put(key, row);
    }

    /** Deletes a row of this router. */
    CompletionStage<Written> removeRow(String key) {
        return records.remove(key);
    }
}
