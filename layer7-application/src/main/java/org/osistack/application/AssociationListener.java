package org.osistack.application;

/** Hears of associations that others want. */
@FunctionalInterface
public interface AssociationListener {
    /**
     * A-ASSOCIATE.indication. The user that is returned answers with {@link Association#accept()} or
     * {@link Association#refuse}, now or later.
     *
     * @return the user of the new association; null to refuse at once
     */
    AssociationUser associateIndication(Association association);
}
