package org.osistack.application.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.osistack.application.ApplicationProvider;
import org.osistack.core.ConfigurationException;
import org.osistack.presentation.PresentationAddress;

/** A web server for one folder: {@code http=./www}. */
public final class HttpProvider implements ApplicationProvider {
    /** The port of HTTP (RFC 9110 §4.2.1). */
    static final int PORT = 80;

    @Override
    public String name() {
        return "http";
    }

    @Override
    public String description() {
        return "a web server for the files of a folder; the current one unless given";
    }

    @Override
    public List<String> standards() {
        return List.of("RFC 9110", "RFC 9112");
    }

    @Override
    public String argument() {
        return "FOLDER";
    }

    @Override
    public Needs needs() {
        return Needs.PLAIN;
    }

    @Override
    public void serve(Environment environment, String argument) {
        Path folder = Path.of(argument == null ? "." : argument);
        if (!Files.isDirectory(folder)) {
            throw new ConfigurationException("http: there is no folder " + folder);
        }
        if (!Files.isReadable(folder)) {
            throw new ConfigurationException("http: the folder " + folder + " may not be read");
        }
        try {
            HttpServer server =
                    new HttpServer(environment.host(), new Site(folder), Clock.systemUTC(), environment.log());
            environment.presentation().attach(new PresentationAddress(null, PORT), server);
        } catch (IOException e) {
            throw new ConfigurationException("http: the folder " + folder + " may not be read", e);
        }
    }
}
