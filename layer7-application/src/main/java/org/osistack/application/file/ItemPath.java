package org.osistack.application.file;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The rules for the path of an item inside a transfer: relative, with slashes, and never out of the folder it is for. */
final class ItemPath {
    /** The longest path taken from a peer, in octets of UTF-8. */
    static final int MAX_LENGTH = 1024;

    private static final int MAX_DEPTH = 64;
    private static final int MAX_NAME = 255; // octets, as file systems have it

    private ItemPath() {}

    /** Whether a path that a peer sent can only name something inside the folder that it is applied to. */
    static boolean isSafe(String path) {
        if (path.isEmpty() || path.getBytes(StandardCharsets.UTF_8).length > MAX_LENGTH) {
            return false;
        }
        String[] names = path.split("/", -1);
        if (names.length > MAX_DEPTH) {
            return false;
        }
        for (String name : names) {
            if (!isSafeName(name)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSafeName(String name) {
        return !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.getBytes(StandardCharsets.UTF_8).length <= MAX_NAME
                && name.chars().noneMatch(c -> Character.isISOControl(c) || c == '\\' || c == ':');
    }

    /** The path, relative to a folder, of something inside it. */
    static String of(Path folder, Path inside) {
        StringBuilder path = new StringBuilder();
        for (Path name : folder.relativize(inside)) {
            path.append(path.isEmpty() ? "" : "/").append(name);
        }
        return path.toString();
    }
}
