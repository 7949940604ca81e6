package org.osistack.application.chat;

/** Does what the person at a client in a half-duplex room types. On the host's thread. */
final class ClientCommands {
    /**
     * What became of it.
     *
     * @param sentence for the person; empty if there is nothing to say
     * @param isLost whether a line was not said
     */
    record Outcome(String sentence, boolean isLost) {
        static final Outcome DONE = new Outcome("", false);
    }

    private final ChatClient client;
    private String holder;

    /**
     * Begin.
     *
     * @param holder who has the floor, for a person
     */
    ClientCommands(ChatClient client, String holder) {
        this.client = client;
        this.holder = holder;
    }

    void floorChanged(String newHolder) {
        holder = newHolder;
    }

    Outcome obey(String typed) {
        TypedLine line = TypedLine.parse(typed);
        switch (line.kind()) {
            case LINE -> {
                return client.say(line.text())
                        ? Outcome.DONE
                        : new Outcome(holder + " has the floor: /please asks for it, !TEXT speaks out of turn", true);
            }
            case ASIDE -> client.sayAside(line.text());
            case PLEASE -> {
                if (client.hasFloor()) {
                    return new Outcome("you have the floor", false);
                }
                client.please();
            }
            case GIVE, ALL -> {
                return handOver(line);
            }
            case WHO -> client.askWho();
            case UNKNOWN -> {
                return new Outcome(line.complaint(), true);
            }
        }
        return Outcome.DONE;
    }

    private Outcome handOver(TypedLine line) {
        if (!line.text().isEmpty()) {
            return new Outcome("who gets the floor is not said here: the first who has asked does", true);
        }
        if (line.kind() == TypedLine.Kind.ALL) {
            client.giveAll(); // of tokens there are more than the floor's
        } else if (client.hasFloor()) {
            client.give();
        } else {
            return new Outcome(holder + " has the floor, not you", false);
        }
        return Outcome.DONE;
    }
}
