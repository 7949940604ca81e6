package org.osistack.session.x225;

/**
 * What this side puts into a CONNECT where the standard leaves a choice. What it accepts does not depend on it. Real
 * peers contradict each other: some know only the shortest form, others make use of everything.
 */
enum Profile {
    /** Both protocol versions; the connection identifier and the token setting as the user gave them. */
    ISO(true, true, true),
    /** Version 2 alone; else as {@link #ISO}. */
    STRICT(false, true, true),
    /** Version 2 alone; no connection identifier, and a token setting only if it is not the default. */
    MINIMAL(false, false, false);

    private final boolean bothVersions;
    private final boolean identifier;
    private final boolean defaultSetting;

    Profile(boolean bothVersions, boolean identifier, boolean defaultSetting) {
        this.bothVersions = bothVersions;
        this.identifier = identifier;
        this.defaultSetting = defaultSetting;
    }

    /** The versions that are offered, as a Version Number. */
    int versions() {
        return bothVersions ? 3 : 2;
    }

    /** Whether a connection identifier is sent. */
    boolean sendsIdentifier() {
        return identifier;
    }

    /** Whether a token setting is sent that puts all tokens where they are without one. */
    boolean sendsDefaultSetting() {
        return defaultSetting;
    }
}
