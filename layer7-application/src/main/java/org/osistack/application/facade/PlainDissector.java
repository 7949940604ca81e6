package org.osistack.application.facade;

import org.osistack.application.http.HttpDissector;
import org.osistack.application.naming.DnsDissector;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Dissector;
import org.osistack.core.Pdu;

/**
 * Explains what crosses layers {@code none} and {@code plain}, where nothing says which application it belongs to:
 * messages of HTTP and of multicast DNS are known by their form, all else is octets.
 */
public final class PlainDissector implements Dissector {
    private final Dissector http = new HttpDissector();
    private final Dissector dns = new DnsDissector();
    private boolean isHttp;

    @Override
    public void dissect(Pdu pdu, Object sap, Direction direction, Dissection out) {
        isHttp |= HttpDissector.isHead(pdu);
        if (isHttp) {
            http.dissect(pdu, sap, direction, out);
        } else if (DnsDissector.isMessage(pdu)) {
            dns.dissect(pdu, sap, direction, out);
        } else {
            out.pdu("octets", "data").summary(pdu.length() + " octets").sdu(0, pdu.length());
        }
    }
}
