package org.osistack.application.management;

import org.osistack.application.ApplicationContext;
import org.osistack.application.ApplicationContext.Selectors;
import org.osistack.application.ApplicationContexts;
import org.osistack.application.rose.AssociationClass;
import org.osistack.application.rose.RoseSettings;
import org.osistack.core.Selector;

/** What the two sides of session management have in common. */
final class ManagementApplication {
    /** Its presentation selector is shorter than its name, which many systems could not take. */
    static final ApplicationContext CONTEXT = context(ApplicationContexts.own("session-management", 6, 4006));
    /** The most sessions in one result. */
    static final int MAX_PAGE = 200;
    /** The longest text in a result, in UTF-16 units. */
    static final int MAX_TEXT = 400;

    private static final int MAX_OPEN = 4; // invocations at a time
    private static final int MAX_REJECTS = 8;
    private static final int MAX_APDU = 1 << 20;

    private ManagementApplication() {}

    private static ApplicationContext context(ApplicationContext usual) {
        return new ApplicationContext(
                usual.application(),
                usual.name(),
                usual.abstractSyntax(),
                new Selectors(Selector.ofText("manage"), Selector.EMPTY, Selector.EMPTY),
                usual.port());
    }

    /** The limits of either side: the operator alone invokes. */
    static RoseSettings settings() {
        return new RoseSettings(AssociationClass.INITIATOR_INVOKES, MAX_OPEN, MAX_OPEN, MAX_REJECTS, MAX_APDU, 1);
    }

    /** A text that is not longer than is taken. */
    static String shortened(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT - 1) + "…";
    }
}
