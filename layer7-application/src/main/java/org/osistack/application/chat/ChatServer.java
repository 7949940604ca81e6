package org.osistack.application.chat;

import java.util.ArrayList;
import java.util.List;
import org.osistack.application.ApplicationContext;
import org.osistack.application.ApplicationContexts;
import org.osistack.application.ApplicationProvider;
import org.osistack.application.Association;
import org.osistack.application.AssociationUser;
import org.osistack.core.Dissector;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;

/** The application {@code chat}: a room whose members, and whoever runs the server, read what the others say. */
public final class ChatServer implements ApplicationProvider {
    static final ApplicationContext CONTEXT = ApplicationContexts.own("chat", 2, 4002);

    private static final int MAX_MEMBERS = 100;

    @Override
    public String name() {
        return "chat";
    }

    @Override
    public String description() {
        return "lines of text between people, all in one room";
    }

    @Override
    public List<String> standards() {
        return List.of();
    }

    @Override
    public Needs needs() {
        return Needs.ASSOCIATIONS;
    }

    @Override
    public ApplicationContext context() {
        return CONTEXT;
    }

    @Override
    public void serve(Environment environment, String argument) {
        Room room = new Room(environment);
        environment.associations().attach(CONTEXT, FunctionalUnits.of(FunctionalUnit.DUPLEX), room::enter);
        environment.onLine(room::say);
    }

    @Override
    public Dissector newDissector() {
        return new ChatDissector();
    }

    private static final class Room {
        private final Environment environment;
        private final List<Member> members = new ArrayList<>();

        Room(Environment environment) {
            this.environment = environment;
        }

        AssociationUser enter(Association association) {
            if (members.size() == MAX_MEMBERS) {
                return null;
            }
            Member member = new Member(association);
            members.add(member);
            association.accept();
            environment.log().accept(member.name + " has come in");
            return member;
        }

        /** Whoever runs the server says something. */
        void say(String line) {
            ChatMessage message = new ChatMessage(line);
            for (Member member : List.copyOf(members)) {
                member.send(message);
            }
        }

        private final class Member extends ChatPeer {
            private final String name;

            Member(Association association) {
                super(environment.host().pool());
                use(association);
                name = association.peer();
            }

            @Override
            void heard(ChatMessage message) {
                environment.log().accept(name + ": " + message.text());
                ChatMessage passedOn = new ChatMessage(message.text(), name);
                for (Member member : List.copyOf(members)) {
                    if (member != this) {
                        member.send(passedOn);
                    }
                }
            }

            @Override
            public void ended(Ending ending, String detail) {
                super.ended(ending, detail);
                members.remove(this);
                environment.log().accept(name + (ending == Ending.RELEASED ? " has left" : " is gone: " + detail));
            }
        }
    }
}
