package org.osistack.application.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A folder as a page with a link to each of its files. */
final class DirectoryListing {
    static final int MAX_ENTRIES = 5000;

    private DirectoryListing() {}

    /**
     * Make the page.
     *
     * @param title the folder's path as the client knows it, decoded
     */
    static byte[] page(Path folder, String title) throws IOException {
        List<String> names = new ArrayList<>();
        boolean more = false;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                more = names.size() == MAX_ENTRIES;
                if (more) {
                    break;
                }
                names.add(entry.getFileName() + (Files.isDirectory(entry) ? "/" : ""));
            }
        }
        names.sort(Comparator.naturalOrder());
        StringBuilder page = new StringBuilder("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>")
                .append(escape(title))
                .append("</title></head>\n<body><h1>")
                .append(escape(title))
                .append("</h1>\n<ul>\n");
        if (!title.equals("/")) {
            page.append("<li><a href=\"../\">../</a></li>\n");
        }
        for (String name : names) {
            page.append("<li><a href=\"./")
                    .append(encode(name))
                    .append("\">")
                    .append(escape(name))
                    .append("</a></li>\n");
        }
        return page.append("</ul>")
                .append(more ? "<p>and more</p>" : "")
                .append("</body></html>\n")
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** Percent-encode what may not stand in a path (RFC 3986 §3.3). */
    static String encode(String path) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            boolean unreserved = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
            if (unreserved || "-._~/".indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return encoded.toString();
    }
}
