package io.junctor.wamp.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdsTest {
    // ID-01
    @Test
    void idsRangeFromOneToTwoToThe53() {
        assertThat(Ids.isValid(1)).isTrue();
        assertThat(Ids.isValid(1L << 53)).isTrue();
        assertThat(Ids.isValid(0)).isFalse();
        assertThat(Ids.isValid(-1)).isFalse();
        assertThat(Ids.isValid((1L << 53) + 1)).isFalse();
        assertThat(Ids.isValid(Long.MAX_VALUE)).isFalse();
    }

    // ID-04
    @Test
    void countersStartAtOneAndStepByOne() {
        RequestIds ids = new RequestIds();
        assertThat(ids.last()).isZero();
        assertThat(ids.next()).isEqualTo(1);
        assertThat(ids.next()).isEqualTo(2);
        assertThat(ids.last()).isEqualTo(2);
    }

    // ID-04, ID-09
    @Test
    void afterTwoToThe53ComesOne() {
        RequestIds ids = new RequestIds(Ids.MAX - 1);
        assertThat(ids.next()).isEqualTo(Ids.MAX);
        assertThat(ids.next()).isEqualTo(1);
        assertThat(ids.next()).isEqualTo(2);
    }
}
