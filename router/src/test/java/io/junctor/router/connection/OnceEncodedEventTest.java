package io.junctor.router.connection;

import static io.junctor.router.session.ScriptedConnection.CODECS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.router.memory.OutboxBudget;
import io.junctor.router.session.Samples;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.value.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OnceEncodedEventTest {
    @ParameterizedTest
    @EnumSource(Serializer.class)
    void allReceiversOfASerializationGetOneArray(Serializer serializer) throws UnrepresentableException {
        OnceEncodedEvent event = new OnceEncodedEvent(Samples.event(7, Samples.ofBytes(20)));

        byte[] bytes = event.bytes(CODECS, serializer);

        assertThat(event.bytes(CODECS, serializer)).isSameAs(bytes);
        assertThat(bytes).isEqualTo(CODECS.encode(event.event(), serializer));
    }

    @Test
    void formThatOneSerializationLacksCostsTheOthersNothing() throws UnrepresentableException {
        OnceEncodedEvent event = new OnceEncodedEvent(Samples.event(7, Samples.BEYOND_MESSAGEPACK));

        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> event.bytes(CODECS, Serializer.MSGPACK))
                    .isInstanceOf(UnrepresentableException.class);
        }
        assertThat(event.bytes(CODECS, Serializer.JSON)).isNotEmpty();
        assertThat(event.bytes(CODECS, Serializer.CBOR)).isNotEmpty();
    }

    @Test
    void aLargeEventCountsOnceAsLongAsAnyOutboxHoldsIt() {
        OutboxBudget budget = new OutboxBudget(Long.MAX_VALUE);
        OnceEncodedEvent event = new OnceEncodedEvent(Samples.event(7, Samples.ofBytes(10_000)));
        event.hold(budget);
        event.hold(budget);
        assertThat(budget.totalBytes()).isEqualTo(20_000);

        event.release(budget);
        assertThat(budget.totalBytes()).isEqualTo(20_000);
        event.release(budget);
        assertThat(budget.totalBytes()).isZero();
    }

    @Test
    void aLargeEventCountsItsFormsInOtherSerializationsWhileAnOutboxHoldsIt() throws UnrepresentableException {
        OutboxBudget budget = new OutboxBudget(Long.MAX_VALUE);
        OnceEncodedEvent event = new OnceEncodedEvent(Samples.event(7, Samples.ofBytes(10_000)));
        event.hold(budget);
        event.bytes(CODECS, Serializer.JSON);
        assertThat(budget.totalBytes()).as("the publisher's").isEqualTo(20_000);

        int more = event.bytes(CODECS, Serializer.CBOR).length + event.bytes(CODECS, Serializer.MSGPACK).length;
        event.bytes(CODECS, Serializer.CBOR);
        assertThat(budget.totalBytes()).isEqualTo(20_000 + more);

        event.release(budget);
        assertThat(budget.totalBytes()).isZero();
        event.hold(budget);
        assertThat(budget.totalBytes()).as("held again, and encoded already").isEqualTo(20_000 + more);
        event.release(budget);
        assertThat(budget.totalBytes()).isZero();
    }
}
