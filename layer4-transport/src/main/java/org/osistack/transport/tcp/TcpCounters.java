package org.osistack.transport.tcp;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a TCP entity counts, by the names of RFC 4022 where it has one. */
final class TcpCounters {
    long activeOpens;
    long passiveOpens;
    long attemptFails;
    long estabResets;
    long inSegs;
    long outSegs;
    long retransSegs;
    long inErrs;
    long outRsts;
    long timeouts;
    long spuriousTimeouts;
    long fastRetransmits;
    long tailLossProbes;
    long outOfOrderSegs;
    long duplicateSegs;
    long challengeAcks;
    long synQueueOverflows;
    long timeWaitsCut;

    Map<String, Long> byName(long established) {
        Map<String, Long> map = new LinkedHashMap<>();
        map.put("tcpActiveOpens", activeOpens);
        map.put("tcpPassiveOpens", passiveOpens);
        map.put("tcpAttemptFails", attemptFails);
        map.put("tcpEstabResets", estabResets);
        map.put("tcpCurrEstab", established);
        map.put("tcpInSegs", inSegs);
        map.put("tcpOutSegs", outSegs);
        map.put("tcpRetransSegs", retransSegs);
        map.put("tcpInErrs", inErrs);
        map.put("tcpOutRsts", outRsts);
        map.put("timeouts", timeouts);
        map.put("spuriousTimeouts", spuriousTimeouts);
        map.put("fastRetransmits", fastRetransmits);
        map.put("tailLossProbes", tailLossProbes);
        map.put("outOfOrderSegs", outOfOrderSegs);
        map.put("duplicateSegs", duplicateSegs);
        map.put("challengeAcks", challengeAcks);
        map.put("synQueueOverflows", synQueueOverflows);
        map.put("timeWaitsCut", timeWaitsCut);
        return map;
    }
}
