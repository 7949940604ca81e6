package org.osistack.session.x225;

/** Where an SPDU may stand in a TSDU (X.225 §6.3.7). */
enum Category {
    /** GIVE TOKENS and PLEASE TOKENS: alone, or in front of SPDUs of category 2. */
    ZERO,
    /** Alone. */
    ONE,
    /** Never first: always behind an SPDU of category 0. */
    TWO
}
