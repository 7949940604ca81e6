package org.osistack.core.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.osistack.core.Direction;

class PcapngWriterTest {
    private static final HexFormat HEX = HexFormat.of();

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final PcapngWriter writer = open();

    @Test
    void beginsWithASectionHeader() {
        ByteBuffer section = ByteBuffer.wrap(file.toByteArray());

        assertThat(section.getInt()).isEqualTo(0x0a0d0d0a);
        int total = section.getInt();
        assertThat(total).isEqualTo(file.size());
        assertThat(section.getInt(total - 4)).isEqualTo(total);
        assertThat(HEX.formatHex(file.toByteArray(), 8, 24)).isEqualTo("1a2b3c4d" + "00010000" + "ffffffffffffffff");
        assertThat(file.toString(StandardCharsets.UTF_8))
                .contains("osistack test")
                .contains(System.getProperty("os.name"))
                .contains(System.getProperty("os.arch"));
        assertThat(HEX.formatHex(file.toByteArray(), total - 8, total - 4)).isEqualTo("00000000");
    }

    @Test
    void describesAnInterface() throws IOException {
        assertThat(writer.addInterface("alice", "lab", 4)).isZero();

        assertThat(hex())
                .isEqualTo("00000001" + "0000003c"
                        + "0001" + "0000" + "00000000"
                        + "0002" + "0005" + "616c696365" + "000000"
                        + "0003" + "0003" + "6c6162" + "00"
                        + "0009" + "0001" + "09" + "000000"
                        + "000d" + "0001" + "04" + "000000"
                        + "0000" + "0000"
                        + "0000003c");
        assertThat(writer.addInterface("bob", "", 0)).isOne();
    }

    @Test
    void writesAFrameWithItsStory() throws IOException {
        writer.addInterface("alice", "lab", 4);
        file.reset();

        writer.packet(0, 0x0102_0304_0506_0708L, Direction.DOWN, HEX.parseHex("aabbccddee"), 4, "hé");

        assertThat(hex())
                .isEqualTo("00000006" + "0000003c"
                        + "00000000" + "01020304" + "05060708" + "00000005" + "00000005"
                        + "aabbccddee" + "000000"
                        + "0001" + "0003" + "68c3a9" + "00"
                        + "0002" + "0004" + "00000082"
                        + "0000" + "0000"
                        + "0000003c");
    }

    @Test
    void tellsReceivedFramesFromSentOnes() throws IOException {
        writer.addInterface("alice", "lab", 0);
        file.reset();

        writer.packet(0, 0, Direction.UP, HEX.parseHex("aabbccdd"), 0, "");

        assertThat(hex()).contains("aabbccdd" + "0002" + "0004" + "00000001" + "0000" + "0000");
    }

    @Test
    void namesAddresses() throws IOException {
        file.reset();
        writer.addName(HEX.parseHex("0a000001"), "alice", "al");

        assertThat(hex())
                .isEqualTo("00000004" + "00000024"
                        + "0001" + "000d" + "0a000001" + "616c69636500" + "616c00" + "000000"
                        + "0000" + "0000"
                        + "00000024");

        file.reset();
        writer.addName(new byte[16], "bob");
        assertThat(hex()).startsWith("00000004" + "00000028" + "0002" + "0014");
        assertThatIllegalArgumentException().isThrownBy(() -> writer.addName(new byte[6], "bob"));
    }

    @Test
    void refusesFramesOfAnInterfaceThatWasNotDescribed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> writer.packet(0, 0, Direction.UP, new byte[60], 0, ""))
                .withMessage("there is no interface 0");
    }

    @Test
    void cutsACommentThatIsTooLongBetweenTwoCharacters() throws IOException {
        writer.addInterface("alice", "lab", 0);
        file.reset();

        writer.packet(0, 0, Direction.UP, new byte[0], 0, "x" + "é".repeat(40_000));

        ByteBuffer packet = ByteBuffer.wrap(file.toByteArray());
        assertThat(packet.getShort(28)).isEqualTo((short) 1);
        int length = packet.getShort(30) & 0xffff;
        assertThat(length).isEqualTo(0xffff);
        assertThat(new String(file.toByteArray(), 32, length, StandardCharsets.UTF_8))
                .isEqualTo("x" + "é".repeat(32_767));

        file.reset();
        writer.packet(0, 0, Direction.UP, new byte[0], 0, "é".repeat(40_000));
        assertThat(ByteBuffer.wrap(file.toByteArray()).getShort(30) & 0xffff).isEqualTo(0xfffe);
    }

    @Test
    void eachPacketOfALiveCaptureIsSeenAtOnce() throws IOException {
        int[] flushed = {0};
        OutputStream pipe = new OutputStream() {
            @Override
            public void write(int octet) {}

            @Override
            public void flush() {
                flushed[0]++;
            }
        };
        try (PcapngWriter live = new PcapngWriter(pipe, true, "osistack test")) {
            live.addInterface("alice", "lab", 0);
            live.packet(0, 0, Direction.UP, new byte[60], 0, "");
        }

        assertThat(flushed[0]).isEqualTo(3);
    }

    @Test
    void saysWhenTheReaderHasGone() {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("Broken pipe");
            }
        };

        assertThatIOException()
                .isThrownBy(() -> new PcapngWriter(broken, true, "osistack test").close())
                .withMessage("Broken pipe");
    }

    private PcapngWriter open() {
        try {
            return new PcapngWriter(file, false, "osistack test");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What was written last: everything if nothing was reset, without the section header. */
    private String hex() {
        byte[] octets = file.toByteArray();
        ByteBuffer buffer = ByteBuffer.wrap(octets);
        int skip = buffer.getInt(0) == 0x0a0d0d0a ? buffer.getInt(4) : 0;
        return HEX.formatHex(octets, skip, octets.length);
    }
}
