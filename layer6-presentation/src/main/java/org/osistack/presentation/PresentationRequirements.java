package org.osistack.presentation;

/**
 * The presentation functional units that a connection has, besides the kernel that is always there.
 *
 * @param contextManagement whether P-ALTER-CONTEXT may change the defined context set
 * @param contextRestoration whether resynchronization and activities bring back the defined context set of the point to
 *     which they go; only together with context management
 */
public record PresentationRequirements(boolean contextManagement, boolean contextRestoration) {
    /** The kernel alone. */
    public static final PresentationRequirements KERNEL = new PresentationRequirements(false, false);

    public static final PresentationRequirements CONTEXT_MANAGEMENT = new PresentationRequirements(true, false);
    /** Context restoration, and the context management that it needs. */
    public static final PresentationRequirements CONTEXT_RESTORATION = new PresentationRequirements(true, true);

    public PresentationRequirements {
        if (contextRestoration && !contextManagement) {
            throw new IllegalArgumentException("context restoration without context management");
        }
    }

    /** Whether there is nothing but the kernel. */
    public boolean isKernel() {
        return !contextManagement;
    }

    /** What both have. */
    public PresentationRequirements and(PresentationRequirements other) {
        return new PresentationRequirements(
                contextManagement && other.contextManagement, contextRestoration && other.contextRestoration);
    }

    /** Whether all that the other has is here too. */
    public boolean hasAll(PresentationRequirements other) {
        return and(other).equals(other);
    }

    @Override
    public String toString() {
        return "kernel" + (contextManagement ? ", context management" : "")
                + (contextRestoration ? ", context restoration" : "");
    }
}
