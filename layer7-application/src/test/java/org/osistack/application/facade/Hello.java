package org.osistack.application.facade;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import org.osistack.core.StackSpec;

/** Two hosts on one link: alice finds bob by name, says something, and bob answers. */
public final class Hello {
    private Hello() {}

    public static void main(String[] args) throws IOException {
        try (OpenSystem alice = OpenSystem.open("alice", stack("10.0.0.1/24"));
                OpenSystem bob = OpenSystem.open("bob", stack("10.0.0.2/24"));
                Listener door = bob.listen(7000);
                Connection toBob = alice.connect("bob", 7000);
                Connection visitor = door.accept()) {
            toBob.send("Hello, Bob".getBytes(UTF_8));
            toBob.finish();
            byte[] words = visitor.input().readAllBytes();
            System.out.println(visitor.peer() + " says " + new String(words, UTF_8));
            visitor.send("Hello, Alice".getBytes(UTF_8));
            visitor.finish();
            System.out.println(
                    toBob.peer() + " says " + new String(toBob.input().readAllBytes(), UTF_8));
        }
    }

    private static StackSpec stack(String address) {
        return StackSpec.of("segment:hello", "ethernet", "ipv4:" + address, "tcp", "none", "plain");
    }
}
