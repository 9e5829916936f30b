package io.junctor.router.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.wamp.options.Identity;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NamedReceiversTest {
    /** A list that counts how often it is read. */
    private static final class Counted extends AbstractList<String> implements RandomAccess {
        private final List<String> texts;
        private int looks;

        Counted(List<String> texts) {
            this.texts = texts;
        }

        @Override
        public String get(int index) {
            looks++;
            return texts.get(index);
        }

        @Override
        public int size() {
            return texts.size();
        }
    }

    @Test
    void anAuthidIsFoundInFewSteps() {
        Counted excluded = new Counted(IntStream.range(0, 1_024)
                .mapToObj(i ->
                        Integer.toBinaryString(1_024 + i).replace("0", "Aa").replace("1", "BB"))
                .sorted()
                .toList());
        NamedReceivers receivers = new NamedReceivers(excluded, null, null, null);

        assertThat(receivers.admit(identity("ann"))).isTrue();
        assertThat(receivers.admit(identity(excluded.texts.get(700)))).isFalse();
        assertThat(excluded.looks).isLessThanOrEqualTo(22);
    }

    @Test
    void allListsCount() {
        NamedReceivers receivers =
                new NamedReceivers(List.of("ann"), List.of("guest"), List.of("ann", "bob"), List.of("user"));

        assertThat(receivers.admit(new Identity("bob", "user", "ticket", "static")))
                .isTrue();
        assertThat(receivers.admit(new Identity("ann", "user", "ticket", "static")))
                .isFalse();
        assertThat(receivers.admit(new Identity("joe", "user", "ticket", "static")))
                .isFalse();
        assertThat(receivers.admit(new Identity("bob", "guest", "ticket", "static")))
                .isFalse();
    }

    private static Identity identity(String authid) {
        return new Identity(authid, "user", "ticket", "static");
    }
}
