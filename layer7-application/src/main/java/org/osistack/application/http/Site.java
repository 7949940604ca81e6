package org.osistack.application.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder as what targets stand for. Nothing outside of it can be reached, by whatever target or link: a file's real
 * path has to begin with the folder's.
 */
final class Site {
    private static final String INDEX = "index.html";
    private static final String ALLOW = Response.field("Allow", "GET, HEAD"); // RFC 9110 §15.5.6
    private static final List<String> KNOWN_METHODS =
            List.of("POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"); // RFC 9110 §9.1, RFC 5789

    private final Path root; // a real path

    /** The folder's real path is asked for at once. */
    Site(Path folder) throws IOException {
        root = folder.toRealPath();
    }

    /** The response to a request that is well formed. Its content is the caller's to close. */
    Response answer(Request request) {
        String method = request.method();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return KNOWN_METHODS.contains(method)
                    ? Response.ofWords(Status.METHOD_NOT_ALLOWED, ALLOW)
                    : Response.ofWords(Status.NOT_IMPLEMENTED);
        }
        String expectation = request.fields().get("expect");
        if (expectation != null && !expectation.equalsIgnoreCase("100-continue")) {
            return Response.ofWords(Status.EXPECTATION_FAILED); // RFC 9110 §10.1.1
        }
        String path = path(request.target());
        List<String> segments = path == null ? null : segments(path);
        if (segments == null) {
            return Response.ofWords(Status.BAD_REQUEST);
        }
        try {
            return answer(request, path, segments);
        } catch (NoSuchFileException | InvalidPathException e) {
            return Response.ofWords(Status.NOT_FOUND);
        } catch (AccessDeniedException e) {
            return Response.ofWords(Status.FORBIDDEN);
        } catch (IOException e) {
            return Files.exists(root)
                    ? Response.ofWords(Status.NOT_FOUND) // such as a file where a folder is asked for
                    : Response.ofWords(Status.INTERNAL_SERVER_ERROR);
        }
    }

    private Response answer(Request request, String path, List<String> segments) throws IOException {
        Path file = root;
        for (String segment : segments) {
            file = file.resolve(segment);
        }
        file = file.toRealPath();
        if (!file.startsWith(root)) {
            return Response.ofWords(Status.NOT_FOUND);
        }
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (attributes.isDirectory()) {
            if (!path.endsWith("/")) { // relative links in it are to begin there
                return Response.ofWords(Status.MOVED_PERMANENTLY, Response.field("Location", location(segments)));
            }
            Path index = file.resolve(INDEX);
            if (!Files.isRegularFile(index) || !index.toRealPath().startsWith(root)) {
                return listing(file, segments);
            }
            file = index;
            attributes = Files.readAttributes(file, BasicFileAttributes.class);
        } else if (path.endsWith("/") || !attributes.isRegularFile()) { // no pipes or devices
            return Response.ofWords(Status.NOT_FOUND);
        }
        return representation(request, file, attributes);
    }

    private static Response listing(Path folder, List<String> segments) throws IOException {
        byte[] page = DirectoryListing.page(folder, "/" + String.join("/", segments) + (segments.isEmpty() ? "" : "/"));
        return new Response(
                Status.OK, Response.field("Content-Type", ContentTypes.HTML), page.length, new Content.OfOctets(page));
    }

    private static Response representation(Request request, Path file, BasicFileAttributes attributes)
            throws IOException {
        long total = attributes.size();
        Instant modified = attributes.lastModifiedTime().toInstant();
        String tag = "\"" + Long.toHexString(total) + "-"
                + Long.toHexString(modified.getEpochSecond() * 1_000_000_000 + modified.getNano()) + "\"";
        String fields = Response.field("ETag", tag)
                + Response.field("Last-Modified", HttpDate.format(modified))
                + Response.field("Accept-Ranges", "bytes");
        Conditions conditions = new Conditions(request.fields(), tag, modified);
        Status refusal = conditions.refusal();
        if (refusal == Status.NOT_MODIFIED) {
            return new Response(refusal, fields, 0, Content.NONE);
        }
        if (refusal != null) {
            return Response.ofWords(refusal);
        }
        String asked = request.fields().get("range");
        Range range = asked == null || request.isHead() || !conditions.allowsRange() // RFC 9110 §14.2: GET only
                ? null
                : Range.parse(asked, total);
        if (range != null && !range.isSatisfiable()) {
            return Response.ofWords(Status.RANGE_NOT_SATISFIABLE, Response.field("Content-Range", "bytes */" + total));
        }
        fields += Response.field(
                "Content-Type", ContentTypes.of(file.getFileName().toString()));
        if (range != null) {
            long last = range.first() + range.length() - 1;
            fields += Response.field("Content-Range", "bytes " + range.first() + "-" + last + "/" + total);
        }
        Range part = range == null ? new Range(0, total) : range;
        Content content = request.isHead()
                ? Content.NONE
                : new Content.OfFile(FileChannel.open(file, StandardOpenOption.READ), part);
        return new Response(range == null ? Status.OK : Status.PARTIAL_CONTENT, fields, part.length(), content);
    }

    /** The path of a target in origin form or absolute form (RFC 9112 §3.2), still encoded; null if it is of no form. */
    private static String path(String target) {
        String path = target;
        if (path.regionMatches(true, 0, "http://", 0, 7)) {
            int slash = path.indexOf('/', 7);
            path = slash < 0 ? "/" : path.substring(slash);
        }
        int query = path.indexOf('?');
        path = query < 0 ? path : path.substring(0, query);
        return path.startsWith("/") && path.indexOf('#') < 0 ? path : null;
    }

    /** The names in a path, decoded; null if it is not well encoded, or goes up or aside. */
    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (String encoded : path.split("/")) {
            String segment = decode(encoded);
            if (segment == null || segment.equals("..") || segment.indexOf('/') >= 0 || segment.indexOf('\0') >= 0) {
                return null;
            }
            if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        return segments;
    }

    /** Undo percent-encoding (RFC 3986 §2.1); null if it is wrong, or not UTF-8. */
    private static String decode(String encoded) {
        byte[] octets = new byte[encoded.length()];
        int length = 0;
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                int high = i + 2 < encoded.length() ? Character.digit(encoded.charAt(i + 1), 16) : -1;
                int low = high < 0 ? -1 : Character.digit(encoded.charAt(i + 2), 16);
                if (low < 0) {
                    return null;
                }
                octets[length++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                octets[length++] = (byte) c;
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static String location(List<String> segments) {
        return "/" + DirectoryListing.encode(String.join("/", segments)) + "/";
    }
}
