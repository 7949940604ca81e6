package org.osistack.application.facade;

import java.util.List;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.core.Selector;
import org.osistack.presentation.NegotiatedPresentation;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.Pdv;
import org.osistack.presentation.PresentationAddress;
import org.osistack.presentation.PresentationContext;
import org.osistack.presentation.PresentationService;

/** How octets of a program become presentation data values, and back. */
abstract sealed class Values {
    static Values of(PresentationService service) {
        return service instanceof NegotiatedPresentation ? new Negotiated() : new Plain();
    }

    /** The address that stands for a port of the facade. */
    abstract PresentationAddress address(NetworkAddress host, int port);

    /** The presentation contexts to propose. */
    abstract List<PresentationContext> contexts();

    /** The context of the values; 0 if there are none. */
    abstract int context();

    /** The longest value, in octets of the program. */
    abstract int maxLength();

    /** Whether each value stands for itself. */
    abstract boolean keepsBoundaries();

    abstract Pdu wrap(PduPool pool, byte[] octets);

    /**
     * The program's octets in a value, which remains the caller's.
     *
     * @return null if it is not of this abstract syntax
     */
    abstract byte[] unwrap(Pdu value);

    final byte[] unwrap(PduPool pool, Pdv pdv) {
        Pdu pdu = pool.take(pdv.value().length());
        pdv.value().appendTo(pdu);
        byte[] octets = unwrap(pdu);
        pdu.release();
        return octets;
    }

    /** Octets as they are: layer 6 is {@code plain}. */
    private static final class Plain extends Values {
        private static final int CHUNK = 16_000;

        @Override
        PresentationAddress address(NetworkAddress host, int port) {
            return new PresentationAddress(host, port);
        }

        @Override
        List<PresentationContext> contexts() {
            return List.of();
        }

        @Override
        int context() {
            return 0;
        }

        @Override
        int maxLength() {
            return CHUNK;
        }

        @Override
        boolean keepsBoundaries() {
            return false;
        }

        @Override
        Pdu wrap(PduPool pool, byte[] octets) {
            return pool.take(octets.length).append(octets);
        }

        @Override
        byte[] unwrap(Pdu value) {
            return value.toByteArray();
        }
    }

    /** One OCTET STRING a value, in BER (X.690 §8.7), in one presentation context. */
    private static final class Negotiated extends Values {
        // From the arc that X.667 gives to whoever makes a UUID: 2.25.UUID.
        private static final ObjectIdentifier ABSTRACT_SYNTAX =
                ObjectIdentifier.of("2.25.292217364806203215936262846041872307211");
        private static final int CONTEXT = 1;
        private static final int MAX_LENGTH = 1 << 20;
        private static final int OCTET_STRING = 0x04;

        @Override
        PresentationAddress address(NetworkAddress host, int port) {
            Selector selector = Selector.of((byte) (port >> 8), (byte) port);
            return new PresentationAddress(selector, Selector.EMPTY, Selector.EMPTY, 0, host);
        }

        @Override
        List<PresentationContext> contexts() {
            return List.of(new PresentationContext(CONTEXT, ABSTRACT_SYNTAX, List.of(ObjectIdentifier.BER)));
        }

        @Override
        int context() {
            return CONTEXT;
        }

        @Override
        int maxLength() {
            return MAX_LENGTH;
        }

        @Override
        boolean keepsBoundaries() {
            return true;
        }

        @Override
        Pdu wrap(PduPool pool, byte[] octets) {
            int length = octets.length;
            Pdu pdu = pool.take(5 + length).appendUint8(OCTET_STRING);
            if (length < 0x80) {
                pdu.appendUint8(length);
            } else if (length <= 0xffff) {
                pdu.appendUint8(0x82).appendUint8(length >> 8).appendUint8(length);
            } else {
                pdu.appendUint8(0x83)
                        .appendUint8(length >> 16)
                        .appendUint8(length >> 8)
                        .appendUint8(length);
            }
            return pdu.append(octets);
        }

        @Override
        byte[] unwrap(Pdu value) {
            int available = value.length();
            if (available < 2 || value.getUint8(0) != OCTET_STRING) {
                return null;
            }
            int length = value.getUint8(1);
            int header = 2;
            if (length >= 0x80) {
                int count = length & 0x7f;
                if (count == 0 || count > 4 || available < 2 + count) {
                    return null;
                }
                header += count;
                long number = 0;
                for (int i = 0; i < count; i++) {
                    number = number << 8 | value.getUint8(2 + i);
                }
                length = (int) Math.min(number, Integer.MAX_VALUE);
            }
            return length == available - header
                    ? Octets.of(value).slice(header, available).toByteArray()
                    : null;
        }
    }
}
