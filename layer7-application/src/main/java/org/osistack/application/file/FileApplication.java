package org.osistack.application.file;

import org.osistack.application.ApplicationContext;
import org.osistack.application.ApplicationContexts;

/** What the two sides of a file transfer have in common. */
final class FileApplication {
    static final ApplicationContext CONTEXT = ApplicationContexts.own("file", 3, 4003);

    private FileApplication() {}
}
