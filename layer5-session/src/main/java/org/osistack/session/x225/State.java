package org.osistack.session.x225;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The states of a session protocol machine, by the names of X.225 Annex A. Those that are missing do not exist. */
enum State {
    STA01("idle, no transport connection"),
    STA01A("wait for ABORT ACCEPT"),
    STA01B("wait for T-CONNECT confirm"),
    STA01C("idle, transport connected"),
    STA01D("wait for CONNECT DATA OVERFLOW"),
    STA02A("wait for ACCEPT"),
    STA02B("wait for OVERFLOW ACCEPT"),
    STA03("wait for DISCONNECT"),
    STA04A("wait for MAJOR SYNC ACK or PREPARE"),
    STA04B("wait for ACTIVITY END ACK or PREPARE"),
    STA05A("wait for RESYNCHRONIZE ACK or PREPARE"),
    STA05B("wait for ACTIVITY INTERRUPT ACK or PREPARE"),
    STA05C("wait for ACTIVITY DISCARD ACK or PREPARE"),
    STA06("wait for RESYNCHRONIZE after a collision"),
    STA08("wait for S-CONNECT response"),
    STA09("wait for S-RELEASE response"),
    STA10A("wait for S-SYNC-MAJOR response"),
    STA10B("wait for S-ACTIVITY-END response"),
    STA11A("wait for S-RESYNCHRONIZE response"),
    STA11B("wait for S-ACTIVITY-INTERRUPT response"),
    STA11C("wait for S-ACTIVITY-DISCARD response"),
    STA15A("after PREPARE, wait for MAJOR SYNC ACK or ACTIVITY END ACK"),
    STA15B("after PREPARE, wait for RESYNCHRONIZE, ACTIVITY INTERRUPT or ACTIVITY DISCARD"),
    STA15C("after PREPARE, wait for RESYNCHRONIZE ACK, ACTIVITY INTERRUPT ACK or ACTIVITY DISCARD ACK"),
    STA15D("after PREPARE, wait for ABORT"),
    STA16("wait for T-DISCONNECT indication"),
    STA18("wait for GIVE TOKENS ACK"),
    STA19("wait for recovery, sender of EXCEPTION DATA"),
    STA20("wait for recovery, receiver of EXCEPTION DATA or EXCEPTION REPORT"),
    STA21("wait for CAPABILITY DATA ACK"),
    STA22("wait for S-CAPABILITY-DATA response"),
    STA713("data transfer");

    /** What the table calls EST: a session connection exists, or is being made, and is not being aborted. */
    static final Set<State> ESTABLISHED = Collections.unmodifiableSet(
            EnumSet.complementOf(EnumSet.of(STA01, STA01A, STA01B, STA01C, STA01D, STA15D, STA16)));

    private final String text;

    State(String text) {
        this.text = text;
    }

    /** Its name in the table, without the letters that all names begin with. */
    String tableName() {
        return name().substring(3);
    }

    /** What it is, in words. */
    String text() {
        return text;
    }
}
