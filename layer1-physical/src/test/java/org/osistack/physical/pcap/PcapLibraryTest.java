package org.osistack.physical.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pcap4j.core.PcapNativeException;

class PcapLibraryTest {
    @Test
    void saysWhatHelpsWhenTheRightsAreMissing() {
        assertThat(refusal(-8))
                .startsWith("eth9 cannot be opened: this user lacks the right to raw sockets (CAP_NET_RAW); run the"
                        + " command with sudo, or")
                .contains("setcap cap_net_raw+ep " + System.getProperty("java.home") + "/bin/java");
        assertThat(refusal(-11)).contains("CAP_NET_RAW");
    }

    @Test
    void saysWhatHelpsWhenTheInterfaceWentDownWhileItWasOpened() {
        assertThat(refusal(-9)).isEqualTo("eth9 is down; bring it up: sudo ip link set eth9 up");
    }

    @Test
    void saysThatTheInterfaceIsGone() {
        assertThat(refusal(-5)).startsWith("there is no interface eth9; there ");
    }

    @Test
    void passesOnWhatItHasNoBetterWordsFor() {
        assertThat(refusal(-1)).isEqualTo("eth9 cannot be opened: in libpcap's words");
        assertThat(PcapLibrary.refusal("eth9", new PcapNativeException("without a code")))
                .hasMessage("eth9 cannot be opened: without a code");
    }

    private static String refusal(int code) {
        return PcapLibrary.refusal("eth9", new PcapNativeException("in libpcap's words", code))
                .getMessage();
    }
}
