package org.osistack.application.chat;

import org.osistack.application.chat.ChatMessage.Kind;

/**
 * Whoever serves a half-duplex room: has the floor when nobody else does, and may say who gets it. It is used, and kept
 * from those who ask, only from the first word on that is said with it, or if it was asked for.
 */
final class RoomOperator implements HalfDuplexRoom.Person {
    private final HalfDuplexRoom room;
    private boolean usesFloor;
    private boolean wantsFloor;

    RoomOperator(HalfDuplexRoom room) {
        this.room = room;
    }

    boolean usesFloor() {
        return usesFloor;
    }

    @Override
    public String name() {
        return "";
    }

    @Override
    public void receiveFloor(boolean control) {
        usesFloor = wantsFloor;
        wantsFloor = false;
    }

    @Override
    public void floorWanted(HalfDuplexRoom.Person by) {
        room.log(by.name() + " asks for the floor: /give hands it over");
    }

    void typed(TypedLine line) {
        switch (line.kind()) {
            case LINE -> say(line.text());
            case ASIDE -> room.passOn(Kind.ASIDE, line.text(), this);
            case PLEASE -> please();
            case GIVE -> give(line.text(), false);
            case ALL -> give(line.text(), true);
            case WHO -> room.log(room.who(this));
            case UNKNOWN -> room.log(line.complaint());
        }
    }

    private void say(String text) {
        if (room.hasFloor(this)) {
            usesFloor = true;
            room.passOn(Kind.LINE, text, this);
        } else {
            room.log(room.holder() + ": /please asks for it, !TEXT speaks out of turn; not said: " + text);
        }
    }

    private void please() {
        if (room.hasFloor(this)) {
            usesFloor = true;
            room.log("you have the floor");
        } else {
            wantsFloor = true;
            room.ask(this);
        }
    }

    /** Hand over the floor: to the member of that name, or to the next who has asked. */
    private void give(String name, boolean control) {
        if (!room.hasFloor(this)) {
            room.log(room.holder() + ", not you");
            return;
        }
        usesFloor = false;
        HalfDuplexRoom.Person to = name.isEmpty() ? room.next() : room.member(name);
        if (to == null) {
            room.log("there is no " + name + " here");
        } else if (to == this) {
            room.log("nobody asks for the floor; it goes to whoever does");
        } else if (to instanceof RoomMember member && member.isLeaving()) {
            room.log(name + " is leaving");
        } else {
            room.pass(to, control);
        }
    }
}
