package org.osistack.application.rose;

import org.osistack.core.Octets;

/** Hears how the APDUs of remote operations fare that go by reliable transfer: to measure what a cut costs. */
public interface ApduMeter {
    /** Hears nothing. */
    ApduMeter NONE = new ApduMeter() {
        @Override
        public void sent(Octets apdu, long from, long to) {}

        @Override
        public void over(Octets apdu) {}

        @Override
        public void lost() {}
    };

    /**
     * Octets of an APDU are on their way, perhaps again.
     *
     * @param from offset of the first one in the APDU
     * @param to offset behind the last one
     */
    void sent(Octets apdu, long from, long to);

    /** The transfer of an APDU is over: the peer has confirmed it, or it is given up. */
    void over(Octets apdu);

    /** This side has noticed that the association is lost, and recovers it. */
    void lost();
}
