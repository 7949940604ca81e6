package org.osistack.physical.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkStateTest {
    @TempDir
    private Path system;

    @BeforeEach
    void anInterfaceThatIsUpAndConnected() throws IOException {
        Files.createDirectory(system.resolve("veth7"));
        write("ifindex", "12");
        write("type", "1");
        write("flags", "0x1003");
        write("carrier", "1");
        write("mtu", "1500");
        write("address", "02:00:5e:10:ff:01");
    }

    @Test
    void readsWhatLinuxSaysOfAnInterface() {
        assertThat(LinkState.of("veth7", system))
                .isEqualTo(new LinkState(12, true, true, false, true, 1500, 0x02005e10ff01L));
    }

    @Test
    void isNotConnectedWithoutACarrier() throws IOException {
        write("carrier", "0");

        assertThat(LinkState.of("veth7", system).enabled()).isTrue();
        assertThat(LinkState.of("veth7", system).connected()).isFalse();
    }

    @Test
    void isNotConnectedWhileItIsDownThoughTheCarrierCannotBeRead() throws IOException {
        write("flags", "0x1002");
        Files.delete(system.resolve("veth7/carrier"));

        assertThat(LinkState.of("veth7", system).enabled()).isFalse();
        assertThat(LinkState.of("veth7", system).connected()).isFalse();
    }

    @Test
    void knowsALoopbackInterfaceByItsType() throws IOException {
        write("type", "772");
        write("address", "00:00:00:00:00:00");

        LinkState state = LinkState.of("veth7", system);

        assertThat(state.loopback()).isTrue();
        assertThat(state.ethernet()).isFalse();
        assertThat(state.address()).isEqualTo(-1);
    }

    @Test
    void hasNoEthernetAddressWhereTheInterfaceHasNone() throws IOException {
        write("type", "65534");
        write("address", "");

        LinkState state = LinkState.of("veth7", system);

        assertThat(state.ethernet()).isFalse();
        assertThat(state.address()).isEqualTo(-1);
    }

    @Test
    void knowsNothingOfAnInterfaceThatIsNotThere() {
        assertThat(LinkState.of("veth8", system)).isNull();
        assertThat(LinkState.of("", system)).isNull();
        assertThat(LinkState.of("../" + system.getFileName() + "/veth7", system))
                .isNull();
    }

    @Test
    void knowsNothingOfAnInterfaceThatGoesAwayWhileItIsAsked() throws IOException {
        Files.delete(system.resolve("veth7/mtu"));

        assertThat(LinkState.of("veth7", system)).isNull();
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(system.resolve("veth7").resolve(file), text + "\n");
    }
}
