package io.imaas.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.9.9.9",
                "::1",
                "::ffff:127.0.0.1",
                "169.254.169.254",
                "fe80::1",
                "0.0.0.0",
                "fd00:ec2::254",
                "100.100.100.200",
                "168.63.129.16",
                "64:ff9b::7f00:1",
                "64:ff9b::169.254.169.254",
                "::127.0.0.1",
                "2002:7f00:1::"
            })
    void aNameThatLeadsToThisMachineOrItsLinkIsNotFollowed(String address) throws Exception {
        InetAddress inside = InetAddress.getByName(address);
        InetAddress harmless = InetAddress.getByName("192.0.2.1");
        HostNames names = new HostNames(name -> List.of(harmless, inside));

        assertThatThrownBy(() -> names.lookup("tickets.example.org"))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("tickets.example.org leads to an address of this machine");
        assertThat(names.lookup("localhost")).contains(inside);
    }

    @Test
    void aCompanysOwnAddressesAreReached() throws Exception {
        InetAddress inner = InetAddress.getByName("10.1.2.3");
        assertThat(new HostNames(name -> List.of(inner)).lookup("tickets.internal"))
                .containsExactly(inner);
    }
}
