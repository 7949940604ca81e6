package org.osistack.application.chat;

import java.util.ArrayList;
import java.util.List;
import org.osistack.application.ApplicationProvider.Environment;
import org.osistack.application.Association;
import org.osistack.application.AssociationListener;
import org.osistack.application.AssociationUser;
import org.osistack.core.dialogue.FunctionalUnit;

/** A room in which everybody may speak at any time. */
final class FullDuplexRoom implements AssociationListener {
    private final Environment environment;
    private final List<Member> members = new ArrayList<>();

    FullDuplexRoom(Environment environment) {
        this.environment = environment;
    }

    @Override
    public AssociationUser associateIndication(Association association) {
        String objection = members.size() == ChatServer.MAX_MEMBERS
                ? "the room is full"
                : association.functionalUnits().has(FunctionalUnit.HALF_DUPLEX)
                        ? "in this room all speak at any time: come without --half-duplex"
                        : null;
        if (objection != null) {
            association.refuse(objection);
            return null;
        }
        Member member = new Member(association);
        members.add(member);
        association.accept();
        environment.log().accept(member.name + " has come in");
        return member;
    }

    /** Whoever serves the room says something. */
    void say(String line) {
        ChatMessage message = new ChatMessage(line);
        for (Member member : List.copyOf(members)) {
            member.say(message);
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
                    member.say(passedOn);
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
