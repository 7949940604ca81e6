package org.osistack.application;

/** Text that came from outside, as it may be shown to a person. */
public final class ForeignText {
    private ForeignText() {}

    /**
     * The text with a space for each control character: those of ASCII, and those that ISO/IEC 6429 has beside them from
     * U+0080 on, by which a terminal can be made to do things, too.
     */
    public static String harmless(String text) {
        StringBuilder harmless = null;
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                if (harmless == null) {
                    harmless = new StringBuilder(text);
                }
                harmless.setCharAt(i, ' ');
            }
        }
        return harmless == null ? text : harmless.toString();
    }
}
