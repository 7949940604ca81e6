package org.osistack.core.dialogue;

/** To where S-RESYNCHRONIZE sets a dialogue (X.215 §13.8). The values are those of X.225's Resync Type parameter. */
public enum ResynchronizeType {
    /** Back to a point that is not before the last confirmed major one, to do again what came after it. */
    RESTART,
    /** To a serial number that was never used: what was done is given up. */
    ABANDON,
    /** To any serial number. */
    SET
}
