package org.osistack.datalink.ethernet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.osistack.core.Medium;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.physical.PhysicalService;
import org.osistack.physical.PhysicalUser;

/** A layer 1 that writes down the frames it is given, and hands up those that a test brings. */
final class RecordingPhysical implements PhysicalService {
    private final PduPool pool;
    private final Medium medium;
    private final List<String> sent = new ArrayList<>();
    private PhysicalUser user;
    long hardwareAddress = -1;

    RecordingPhysical(PduPool pool, Medium medium) {
        this.pool = pool;
        this.medium = medium;
    }

    @Override
    public void attach(PhysicalUser newUser) {
        user = newUser;
    }

    @Override
    public void dataRequest(Pdu frame) {
        sent.add(frame.toString());
        frame.release();
    }

    @Override
    public Medium medium() {
        return medium;
    }

    @Override
    public long hardwareAddress() {
        return hardwareAddress;
    }

    void arrives(String hex) {
        arrives(octets(hex));
    }

    void arrives(byte[] octets) {
        user.dataIndication(pool.takeForReceiving(octets.length).append(octets));
    }

    void status(boolean up) {
        user.statusIndication(up);
    }

    void expect(String hex) {
        assertThat(sent).containsExactly(HexFormat.of().formatHex(octets(hex)));
        sent.clear();
    }

    static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    /** A PDU to be sent, in a buffer whose other octets are 0xa5, so that a field that nobody writes shows. */
    static Pdu sdu(PduPool pool, String hex) {
        Pdu pdu = pool.take();
        Arrays.fill(pdu.array(), (byte) 0xa5);
        return pdu.append(octets(hex));
    }
}
