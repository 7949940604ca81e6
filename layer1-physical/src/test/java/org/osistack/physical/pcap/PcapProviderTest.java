package org.osistack.physical.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osistack.core.ConfigurationException;
import org.osistack.core.HostThread;
import org.osistack.core.LayerProviders;
import org.osistack.core.OptionSpec;
import org.osistack.core.Options;
import org.osistack.core.Simulation;

class PcapProviderTest {
    private final PcapProvider provider = new PcapProvider();

    @Test
    void isFoundAmongTheProvidersOfLayerOne() {
        assertThat(LayerProviders.load().get(1, "pcap")).isInstanceOf(PcapProvider.class);
    }

    @Test
    void offersTheOptionsOfABadLinkToo() {
        assertThat(provider.options())
                .extracting(OptionSpec::name)
                .contains("buffer", "filter", "loss", "delay", "duplicate", "reorder", "corrupt", "rate");
    }

    @Test
    void refusesASimulation() {
        assertThatThrownBy(() ->
                        provider.open(new Simulation(1).newHost("alice"), null, new Options("pcap", "eth1", Map.of())))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("pcap cannot be used in a simulation: a real interface keeps real time");
    }

    @Test
    void refusesABufferThatIsTooSmallToHoldAFrame() {
        try (HostThread thread = new HostThread("test")) {
            assertThatThrownBy(() -> provider.open(
                            thread.newHost("alice"), null, new Options("pcap", "eth1", Map.of("buffer", "64k"))))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageStartingWith("pcap: buffer=64k is not a size from 1048576");
        }
    }

    @Test
    void canBeListedAndAskedWhereLibpcapIsMissing() throws Exception {
        List<String> noLibrary = List.of("-Dorg.pcap4j.core.pcapLibName=pcap-that-is-not-there");
        try (Child child = Child.start(List.of(), Child.thisJava(), noLibrary, InterfaceList.class)) {
            assertThat(child.finish()).isZero();
            assertThat(child.errors()).isEmpty();
            assertThat(child.output()).contains("obstacle: pcap needs libpcap, and this machine has none");
        }
    }

    @Test
    void namesTheCureWhereLibpcapIsMissing() throws Exception {
        List<String> noLibrary = List.of("-Dorg.pcap4j.core.pcapLibName=pcap-that-is-not-there");
        try (Child child = Child.start(List.of(), Child.thisJava(), noLibrary, FrameExchange.class, "pcap:eth1", "1")) {
            assertThat(child.await("refused: ")).contains("sudo apt install libpcap0.8");
            assertThat(child.finish()).isEqualTo(2);
            assertThat(child.errors()).isEmpty();
        }
    }
}
