package org.osistack.application.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.osistack.core.Dissection;
import org.osistack.core.TraceEvent;

/**
 * What a reader makes of one SPDU, in words that are the same for all readers.
 *
 * @param name in capitals
 * @param length the length indicator
 */
record SpduAsRead(String name, int identifier, int length, List<Parameter> parameters) {
    /**
     * One parameter, or group of parameters.
     *
     * @param offset from the beginning of the SPDU
     * @param length with code and length indicator; 0 of user data, whose end is another layer's matter
     * @param meaning null if the reader has nothing to say about it
     */
    record Parameter(int code, int offset, int length, String meaning) {}

    private static final List<Integer> USER_DATA = List.of(46, 193, 194);
    private static final List<Integer> GROUPS = List.of(1, 5, 33);

    /** What our dissector makes of the SPDUs in a TSDU. */
    static List<SpduAsRead> ours(TraceEvent event) {
        List<SpduAsRead> spdus = new ArrayList<>();
        List<Dissection.Field> fields = event.pdu().fields();
        byte[] octets = event.octets();
        for (int i = 0; i < fields.size(); i++) {
            Dissection.Field spdu = fields.get(i);
            if (spdu.depth() > 0) {
                continue;
            }
            int identifier = -1;
            int length = -1;
            List<Parameter> parameters = new ArrayList<>();
            for (Dissection.Field field : fields.subList(i + 1, fields.size())) {
                if (field.depth() == 0) {
                    break;
                } else if (field.name().equals("SI")) {
                    identifier = (int) field.value();
                } else if (field.name().equals("LI")) {
                    length = (int) field.value();
                } else {
                    int code = octets[field.offset()] & 0xff;
                    int whole = USER_DATA.contains(code) ? 0 : field.length();
                    parameters.add(new Parameter(code, field.offset() - spdu.offset(), whole, field.text()));
                }
            }
            spdus.add(new SpduAsRead(spdu.text(), identifier, length, parameters));
        }
        return spdus;
    }

    /** What tshark makes of one. */
    static SpduAsRead tsharks(Pdml spdu) {
        Pdml type = spdu.first("ses.type");
        String name = type.meaning()
                .replaceAll(" \\([0-9]+\\)$", "")
                .replaceAll(" \\([A-Z]+\\) SPDU$| PDU$", "")
                .toUpperCase(Locale.ROOT);
        List<Parameter> parameters = new ArrayList<>();
        for (Pdml parameter : spdu.all(SpduAsRead::isParameter)) {
            int code = Integer.parseInt(parameter.children().get(0).show());
            int length = USER_DATA.contains(code) ? 0 : parameter.size();
            String meaning = GROUPS.contains(code) ? null : new TsharkMeaning(parameter).of(code);
            parameters.add(new Parameter(code, parameter.position() - spdu.position(), length, meaning));
        }
        return new SpduAsRead(
                name,
                Integer.parseInt(type.show()),
                Integer.parseInt(spdu.first("ses.length").show()),
                parameters);
    }

    private static boolean isParameter(Pdml element) {
        return !element.children().isEmpty() && element.children().get(0).name().equals("ses.parameter_type");
    }
}
