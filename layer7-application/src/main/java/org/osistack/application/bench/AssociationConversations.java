package org.osistack.application.bench;

import java.util.function.Function;
import org.osistack.application.ApplicationContext;
import org.osistack.application.ApplicationContexts;
import org.osistack.application.Association;
import org.osistack.application.AssociationRequest;
import org.osistack.application.AssociationService;
import org.osistack.application.AssociationUser;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;

/** Conversations as OSI has them: associations, whose APDUs are OCTET STRINGs in BER, one a message. */
final class AssociationConversations implements Conversations {
    private static final ApplicationContext CONTEXT = ApplicationContexts.own("bench", 9, Request.PORT);
    private static final FunctionalUnits DUPLEX = FunctionalUnits.of(FunctionalUnit.DUPLEX);

    private final PduPool pool;
    private final AssociationService service;

    AssociationConversations(PduPool pool, AssociationService service) {
        this.pool = pool;
        this.service = service;
    }

    @Override
    public void serve(Function<Conversation, ConversationUser> acceptor) {
        service.attach(CONTEXT, DUPLEX, association -> {
            End end = new End(pool);
            end.association = association;
            end.user = acceptor.apply(end);
            if (end.user == null) {
                return null;
            }
            association.accept();
            return end;
        });
    }

    @Override
    public Conversation open(NetworkAddress host, ConversationUser user) {
        End end = new End(pool);
        end.user = user;
        end.association =
                service.associateRequest(new AssociationRequest(CONTEXT, host, DUPLEX, TokenSetting.INITIATOR), end);
        return end;
    }

    @Override
    public NetworkAddress parseAddress(String text) {
        return service.parseAddress(text);
    }

    private static final class End implements Conversation, AssociationUser {
        private final PduPool pool;
        private Association association;
        private ConversationUser user;
        private boolean ended;

        End(PduPool pool) {
            this.pool = pool;
        }

        @Override
        public Pdu newMessage(byte[] octets, int length) {
            return OctetString.append(pool.take(length + OctetString.MAX_HEADER), octets, length);
        }

        @Override
        public boolean send(Pdu message) {
            if (ended) {
                message.release();
                return true;
            }
            return association.dataRequest(message);
        }

        @Override
        public void pause() {
            association.pause();
        }

        @Override
        public void resume() {
            association.resume();
        }

        @Override
        public void finish() {
            association.releaseRequest();
        }

        @Override
        public void abort() {
            if (!ended) {
                ended = true;
                association.abortRequest();
            }
        }

        @Override
        public void associateConfirm(Association confirmed) {
            user.opened();
        }

        @Override
        public void dataIndication(Pdu apdu) {
            int octets = OctetString.contentsLength(apdu);
            if (ended || octets < 0) {
                apdu.release();
                if (!ended) {
                    abort();
                    user.ended("the peer sent something else than an OCTET STRING");
                }
                return;
            }
            user.received(apdu, octets);
        }

        @Override
        public void releaseIndication() {
            association.releaseResponse(true);
        }

        @Override
        public void ended(Ending ending, String detail) {
            ended = true;
            user.ended(ending == Ending.RELEASED ? null : detail.isEmpty() ? ending.toString() : detail);
        }

        @Override
        public void readyIndication() {
            if (!ended) {
                user.ready();
            }
        }
    }
}
