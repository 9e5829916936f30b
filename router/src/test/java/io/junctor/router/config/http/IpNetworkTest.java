package io.junctor.router.config.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpNetworkTest {
    private static IpNetwork network(String text) {
        return Objects.requireNonNull(IpNetwork.parse(text));
    }

    private static InetAddress address(String text) {
        return Objects.requireNonNull(IpNetwork.address(text));
    }

    private static boolean isIn(String address, String network) {
        return network(network).contains(address(address));
    }

    @Test
    void leadingBitsCount() {
        assertThat(isIn("10.255.0.1", "10.0.0.0/8")).isTrue();
        assertThat(isIn("11.0.0.1", "10.0.0.0/8")).isFalse();
        assertThat(isIn("192.168.1.127", "192.168.1.0/25")).isTrue();
        assertThat(isIn("192.168.1.128", "192.168.1.0/25")).isFalse();
        assertThat(isIn("192.168.1.128", "0.0.0.0/0")).isTrue();
        assertThat(isIn("127.0.0.1", "127.0.0.1")).isTrue();
        assertThat(isIn("127.0.0.2", "127.0.0.1")).isFalse();
        assertThat(isIn("fd00::1", "fd00::/8")).isTrue();
        assertThat(isIn("fe00::1", "fd00::/8")).isFalse();
        assertThat(isIn("127.0.0.1", "::/0")).isFalse();
    }

    @Test
    void anIpv4AddressInIpv6FormIsTheIpv4Address() {
        assertThat(isIn("::ffff:10.1.2.3", "10.0.0.0/8")).isTrue();
        assertThat(isIn("10.1.2.3", "::ffff:10.1.2.3")).isTrue();
        assertThat(IpNetwork.parse("::ffff:10.0.0.0/104")).isNull();
    }

    @Test
    void anAddressHasANetwork() {
        assertThat(IpNetwork.of(address("2001:db8:1:2:3:4:5:6"), 64)).hasToString("2001:db8:1:2:0:0:0:0/64");
        assertThat(IpNetwork.of(address("192.0.2.7"), 64)).hasToString("192.0.2.7");
        assertThatThrownBy(() -> new IpNetwork(address("10.0.0.1"), 8)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new IpNetwork(address("10.0.0.1"), 33)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0.0/08",
                "10.0.0/8",
                "10.0.0.1/8",
                "fd00::1/8",
                "1.2.3.256",
                "01.2.3.4",
                "1.2.3.4.5",
                ":::",
                "fe80::1%eth0"
            })
    void anythingElseIsNoNetwork(String text) {
        assertThat(IpNetwork.parse(text)).isNull();
    }
}
