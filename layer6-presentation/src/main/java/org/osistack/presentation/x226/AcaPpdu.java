package org.osistack.presentation.x226;

import java.util.List;
import org.osistack.core.Octets;
import org.osistack.presentation.ContextResult;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;

/**
 * The ACA PPDU, alter context acknowledge (X.226 §8.5). It travels as typed data, as the AC PPDU does.
 *
 * <pre>
 *   A1 L  [A0 L {30 L 80 result [81 transfer syntax] [82 provider-reason]}]   addition result list
 *         [A1 L {02 result}]                                                  deletion result list
 *         [user data]
 * </pre>
 *
 * @param deletionResults {@link #ACCEPTANCE} or {@link #USER_REJECTION}
 * @param userData null if absent
 */
record AcaPpdu(List<ContextResult> additionResults, List<Integer> deletionResults, UserData userData) {
    static final int TAG = 0xa1;
    static final int ADDITION_RESULT_LIST = 0xa0;
    static final int DELETION_RESULT_LIST = 0xa1;

    static final int ACCEPTANCE = 0;
    static final int USER_REJECTION = 1;

    /** Read an ACA PPDU; null if it is none. */
    static AcaPpdu parse(Octets octets) {
        BerReader reader = new BerReader(octets);
        List<ContextResult> additionResults = List.of();
        List<Integer> deletionResults = List.of();
        UserData userData = null;
        reader.enter(TAG);
        while (reader.hasMore()) {
            switch (reader.tag()) {
                case ADDITION_RESULT_LIST -> additionResults = Parameters.results(reader, ADDITION_RESULT_LIST);
                case DELETION_RESULT_LIST ->
                    deletionResults = Parameters.integers(reader, DELETION_RESULT_LIST, ACCEPTANCE, USER_REJECTION);
                default -> {
                    if (UserData.isAt(reader)) {
                        userData = UserData.parse(reader);
                    } else {
                        reader.skip();
                    }
                }
            }
        }
        reader.leave().end();
        return reader.isMalformed() ? null : new AcaPpdu(additionResults, deletionResults, userData);
    }

    Octets emit() {
        BerWriter out = new BerWriter();
        if (userData != null) {
            userData.emit(out);
        }
        Parameters.integers(out, DELETION_RESULT_LIST, deletionResults);
        Parameters.results(out, ADDITION_RESULT_LIST, additionResults);
        return out.wrap(TAG, 0).toOctets();
    }
}
