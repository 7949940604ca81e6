package org.osistack.application.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.osistack.application.ApplicationProvider.Environment;
import org.osistack.application.Association;
import org.osistack.application.AssociationListener;
import org.osistack.application.AssociationUser;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;

/**
 * A room in which one person at a time has the floor. It is the data token that makes it so, not good manners: of all
 * associations at most one has its data token at the member's end, and whoever has it there alone can send S-DATA.
 *
 * <pre>
 *   ann ────────────◉ room        The floor is carol's: the room holds the data tokens of the others, and passes on
 *   bob ────────────◉ room        what she says to them by S-DATA. To her it can speak only by S-TYPED-DATA.
 *   carol ◉────────── room
 * </pre>
 */
final class HalfDuplexRoom implements AssociationListener {
    /** Somebody who can have the floor. */
    interface Person {
        /** As others see it in what it says; empty for whoever serves the room. */
        String name();

        /**
         * It has the floor from now on.
         *
         * @param control whether it gets all other tokens, too
         */
        void receiveFloor(boolean control);

        /** It has the floor, and somebody else wants it. */
        void floorWanted(Person by);
    }

    private final Environment environment;
    private final List<RoomMember> members = new ArrayList<>();
    private final RoomOperator operator = new RoomOperator(this);
    private final Floor<Person> floor = new Floor<>(operator);
    private boolean explained;

    HalfDuplexRoom(Environment environment) {
        this.environment = environment;
    }

    // ---- Coming and going ----

    @Override
    public AssociationUser associateIndication(Association association) {
        String objection = objection(association.functionalUnits());
        if (objection != null) {
            association.refuse(objection);
            return null;
        }
        RoomMember member = new RoomMember(this, environment.host(), association, nickname(association.peer()));
        members.add(member);
        association.accept();
        environment.host().loop().defer(member::welcome); // when the association has its user
        return member;
    }

    private String objection(FunctionalUnits units) {
        if (units.has(FunctionalUnit.DUPLEX)) {
            return "in this room one at a time has the floor: come with --half-duplex";
        } else if (!units.hasAll(HalfDuplex.NEEDED)) {
            return "this room needs " + HalfDuplex.NEEDED;
        }
        return members.size() == ChatServer.MAX_MEMBERS ? "the room is full" : null;
    }

    /** The short name of a peer, with a number if somebody else has it. */
    private String nickname(String peer) {
        String shortName = shortName(peer);
        String name = shortName;
        for (int number = 2; name.equals(environment.host().name()) || member(name) != null; number++) {
            name = shortName + " " + number;
        }
        return name;
    }

    /** The name without the address that stands behind it. */
    static String shortName(String peer) {
        int end = peer.indexOf(" (");
        return end <= 0 ? peer : peer.substring(0, end);
    }

    void cameIn(RoomMember member) {
        log(member.name() + " has come in");
        if (!explained) {
            explained = true;
            log(TypedLine.COMMANDS);
        }
        tell(member);
    }

    void gone(RoomMember member, String how) {
        members.remove(member);
        floor.withdraw(member);
        log(member.name() + how);
        if (floor.holder() == member) {
            pass(floor.next(), false);
        }
    }

    // ---- The floor ----

    boolean hasFloor(Person person) {
        return floor.holder() == person;
    }

    /** Somebody asks for the floor. Whoever serves the room, and has it for no reason, hands it over at once. */
    void ask(Person who) {
        if (!floor.ask(who)) {
            return;
        }
        if (hasFloor(operator)) {
            if (operator.usesFloor()) {
                operator.floorWanted(who);
            } else {
                pass(who, false);
            }
            return;
        }
        log((who == operator ? "you ask " : who.name() + " asks ")
                + floor.holder().name() + " for the floor");
        floor.holder().floorWanted(who);
    }

    void withdraw(Person who) {
        floor.withdraw(who);
    }

    /** Somebody has given back the data token; if it had the floor, the next one gets it. */
    void returned(RoomMember by) {
        if (hasFloor(by)) {
            pass(floor.next(), false);
        } else {
            tell(by);
        }
    }

    /**
     * The floor goes to somebody.
     *
     * @param control whether all other tokens go, too
     */
    void pass(Person to, boolean control) {
        floor.passTo(to);
        log(holder());
        to.receiveFloor(control);
        for (RoomMember member : List.copyOf(members)) {
            tell(member);
        }
        Person next = floor.next();
        if (next != operator || floor.waiting().contains(operator)) {
            floor.holder().floorWanted(next);
        }
    }

    /** Tell a member who has the floor; the one who has it knows by its token. */
    private void tell(RoomMember member) {
        if (!hasFloor(member)) {
            member.say(new ChatMessage(ChatMessage.Kind.FLOOR, floor.holder().name()));
        }
    }

    String holder() {
        return floor.holder() == operator
                ? "you have the floor"
                : floor.holder().name() + " has the floor";
    }

    Person next() {
        return floor.next();
    }

    // ---- Talking ----

    /** Pass on what somebody says to all others who are not about to leave. */
    void passOn(ChatMessage.Kind kind, String text, Person from) {
        if (from != operator) {
            log(from.name() + (kind == ChatMessage.Kind.ASIDE ? " (out of turn): " : ": ") + text);
        }
        ChatMessage message = new ChatMessage(kind, text, from.name());
        for (RoomMember member : List.copyOf(members)) {
            if (member != from && !member.isLeaving()) {
                member.say(message);
            }
        }
    }

    /** Whoever serves the room has typed something. */
    void typed(String line) {
        operator.typed(TypedLine.parse(line));
    }

    /** Who is there, as one of them is told. */
    String who(Person asking) {
        List<Person> all = new ArrayList<>(members);
        all.add(0, operator);
        List<Person> waiting = floor.waiting();
        all.remove(floor.holder());
        all.removeAll(waiting);
        return list(List.of(floor.holder()), asking, "has", "have") + " the floor"
                + (waiting.isEmpty() ? "" : "; " + list(waiting, asking, "asks", "ask") + " for it")
                + (all.isEmpty() ? "" : "; " + list(all, asking, "listens", "listen"));
    }

    private String list(List<Person> people, Person asking, String verb, String plural) {
        String names = people.stream()
                .map(person -> person == asking
                        ? "you"
                        : person == operator ? environment.host().name() : person.name())
                .collect(Collectors.joining(", "));
        boolean isOne = people.size() == 1 && people.get(0) != asking;
        return names + " " + (isOne ? verb : plural);
    }

    /** The member of that name; null if there is none. */
    RoomMember member(String name) {
        for (RoomMember member : members) {
            if (member.name().equals(name)) {
                return member;
            }
        }
        return null;
    }

    /** A line for whoever serves the room. */
    void log(String line) {
        environment.log().accept(line);
    }
}
