package org.osistack.physical;

import java.util.ArrayList;
import java.util.List;
import org.osistack.core.Host;
import org.osistack.core.Pdu;

/** A user of the physical service that writes down what it hears. */
public final class RecordingUser implements PhysicalUser {
    private final Host host;
    private final PhysicalService service;
    private final List<String> heard = new ArrayList<>();

    public RecordingUser(Host host, PhysicalService service) {
        this.host = host;
        this.service = service;
        service.attach(this);
    }

    /** What was heard since the last call: {@code MICROSECONDS OCTETS}, or {@code MICROSECONDS up} or {@code down}. */
    public List<String> heard() {
        List<String> copy = List.copyOf(heard);
        heard.clear();
        return copy;
    }

    /** Send a frame of these octets. */
    public void send(String hex) {
        service.dataRequest(host.pool().take().append(java.util.HexFormat.of().parseHex(hex.replace(" ", ""))));
    }

    /** Send a frame of so many octets, the first of which is the given one. */
    public void send(int first, int length) {
        service.dataRequest(host.pool().take(length).append(new byte[length]).putUint8(0, first));
    }

    @Override
    public void dataIndication(Pdu frame) {
        heard.add(host.now() / 1000 + " " + frame);
        frame.release();
    }

    @Override
    public void statusIndication(boolean up) {
        heard.add(host.now() / 1000 + (up ? " up" : " down"));
    }
}
