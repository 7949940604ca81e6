package org.osistack.application.file;

import org.osistack.core.Pdu;

/** One side's part in a transfer: sender or receiver. What it throws ends the transfer, and the peer is told. */
interface Transfer {
    /** An APDU other than data has arrived. */
    void apdu(FileApdu apdu) throws TransferException;

    /** Octets of a file have arrived. The PDU, which holds just those, belongs to the transfer from now on. */
    void data(Pdu octets) throws TransferException;

    /** The association takes APDUs again. */
    void ready() throws TransferException;

    /** Whether there is nothing left to do. */
    boolean isEnded();

    /** The transfer has failed, for this reason. Does nothing if it has ended already. */
    void end(String why);
}
