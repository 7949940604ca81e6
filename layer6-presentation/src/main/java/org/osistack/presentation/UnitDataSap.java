package org.osistack.presentation;

/**
 * What a tap tells the dissector of a value that travels by P-UNIT-DATA. The abstract syntax alone would not do: ACSE's
 * AARQ and AUDT, one of a connection and one of a unit, begin with the same tag.
 *
 * @param abstractSyntax of the value's context
 */
public record UnitDataSap(ObjectIdentifier abstractSyntax) {}
