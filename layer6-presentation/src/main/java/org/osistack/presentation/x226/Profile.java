package org.osistack.presentation.x226;

/** What is sent where the standard leaves a choice. What is accepted does not depend on it. */
enum Profile {
    /** Parameters with their default values are left out, as all known implementations do. */
    ISO,
    /** Protocol version and presentation requirements are written out. */
    STRICT,
    /**
     * User data is always fully encoded, with one context too, for implementations (josistack, libiec61850) that know
     * no simple encoding.
     */
    MINIMAL
}
