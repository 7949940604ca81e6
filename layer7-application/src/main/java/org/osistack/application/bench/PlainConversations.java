package org.osistack.application.bench;

import java.util.List;
import java.util.function.Function;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.presentation.PresentationAddress;
import org.osistack.presentation.PresentationConnection;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.PresentationPrimitive.Connect;
import org.osistack.presentation.PresentationPrimitive.ConnectAnswer;
import org.osistack.presentation.PresentationPrimitive.ProviderAbort;
import org.osistack.presentation.PresentationPrimitive.Release;
import org.osistack.presentation.PresentationPrimitive.ReleaseAnswer;
import org.osistack.presentation.PresentationPrimitive.UserAbort;
import org.osistack.presentation.PresentationService;
import org.osistack.presentation.PresentationUser;

/** Conversations as the Internet has them: the octets of the transport's stream and nothing else. */
final class PlainConversations implements Conversations {
    private final PduPool pool;
    private final PresentationService service;

    PlainConversations(PduPool pool, PresentationService service) {
        this.pool = pool;
        this.service = service;
    }

    @Override
    public void serve(Function<Conversation, ConversationUser> acceptor) {
        service.attach(new PresentationAddress(null, Request.PORT), (connection, connect) -> {
            End end = new End(pool);
            end.connection = connection;
            end.user = acceptor.apply(end);
            if (end.user == null) {
                return null;
            }
            end.accept(connect);
            return end;
        });
    }

    @Override
    public Conversation open(NetworkAddress host, ConversationUser user) {
        End end = new End(pool);
        end.user = user;
        end.connection = service.connectRequest(
                new Connect(
                        new PresentationAddress(null, 0),
                        new PresentationAddress(host, Request.PORT),
                        List.of(),
                        List.of(),
                        ConnectionIdentifier.NONE,
                        FunctionalUnits.of(FunctionalUnit.DUPLEX),
                        -1,
                        TokenSetting.INITIATOR,
                        List.of()),
                end);
        return end;
    }

    @Override
    public NetworkAddress parseAddress(String text) {
        return service.parseAddress(text);
    }

    private static final class End implements Conversation, PresentationUser {
        private final PduPool pool;
        private PresentationConnection connection;
        private ConversationUser user;
        private boolean ended;
        private boolean finishing;

        End(PduPool pool) {
            this.pool = pool;
        }

        void accept(Connect connect) {
            connection.request(new ConnectAnswer(
                    null,
                    "",
                    connect.called(),
                    connect.results(),
                    ConnectionIdentifier.NONE,
                    connect.requirements().and(FunctionalUnits.of(FunctionalUnit.DUPLEX)),
                    -1,
                    connect.tokens(),
                    Tokens.NONE,
                    List.of()));
        }

        @Override
        public Pdu newMessage(byte[] octets, int length) {
            return pool.take(length).append(octets, 0, length);
        }

        @Override
        public boolean send(Pdu message) {
            if (ended) {
                message.release();
                return true;
            }
            return connection.dataRequest(0, message);
        }

        @Override
        public void pause() {
            connection.pause();
        }

        @Override
        public void resume() {
            if (!ended) {
                connection.resume();
            }
        }

        @Override
        public void finish() {
            if (!ended && !finishing) {
                finishing = true;
                connection.request(new Release(List.of()));
            }
        }

        @Override
        public void abort() {
            if (!ended) {
                ended = true;
                connection.request(new UserAbort(List.of()));
            }
        }

        private void end(String problem) {
            if (!ended) {
                ended = true;
                user.ended(problem);
            }
        }

        @Override
        public void dataIndication(int context, Pdu value) {
            if (ended) {
                value.release();
            } else {
                user.received(value, value.length());
            }
        }

        @Override
        public void indication(PresentationPrimitive primitive) {
            if (primitive instanceof ConnectAnswer answer) {
                if (answer.isAccepted()) {
                    user.opened();
                } else {
                    end("refused: " + answer.refusal().text());
                }
            } else if (primitive instanceof Release) {
                connection.request(new ReleaseAnswer(true, List.of()));
                if (!finishing) {
                    end(null);
                }
            } else if (primitive instanceof ReleaseAnswer) {
                end(null);
            } else if (primitive instanceof ProviderAbort abort) {
                end(abort.reason());
            } else if (primitive instanceof UserAbort) {
                end("aborted by the peer");
            }
        }

        @Override
        public void readyIndication() {
            if (!ended) {
                user.ready();
            }
        }
    }
}
