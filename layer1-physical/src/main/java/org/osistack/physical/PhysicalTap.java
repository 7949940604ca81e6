package org.osistack.physical;

import org.osistack.core.Medium;
import org.osistack.core.Pdu;
import org.osistack.core.SapTrace;

/** A physical service that reports each primitive and passes it on. */
public final class PhysicalTap implements PhysicalService {
    private final PhysicalService below;
    private final SapTrace trace;

    public PhysicalTap(PhysicalService below, SapTrace trace) {
        this.below = below;
        this.trace = trace;
        trace.medium(below.medium());
    }

    @Override
    public void attach(PhysicalUser user) {
        below.attach(new PhysicalUser() {
            @Override
            public void dataIndication(Pdu frame) {
                trace.up(
                        "PH-DATA.indication",
                        0,
                        null,
                        frame,
                        "medium",
                        below.medium().name());
                user.dataIndication(frame);
                trace.end();
            }

            @Override
            public void statusIndication(boolean up) {
                trace.up("PH-STATUS.indication", 0, null, null, "link", up ? "up" : "down");
                user.statusIndication(up);
                trace.end();
            }
        });
    }

    @Override
    public void dataRequest(Pdu frame) {
        trace.down("PH-DATA.request", 0, null, frame, "medium", below.medium().name());
        below.dataRequest(frame);
        trace.end();
    }

    @Override
    public Medium medium() {
        return below.medium();
    }

    @Override
    public long hardwareAddress() {
        return below.hardwareAddress();
    }
}
