package org.osistack.application.file;

import static org.assertj.core.api.Assertions.assertThat;

/** Keeps how a transfer ended, and sees to it that it ends once. */
class OutcomeListener implements TransferListener {
    String outcome; // null until then

    @Override
    public void stored(long items, long octets) {
        assertThat(outcome).isNull();
        outcome = "stored " + items + " items, " + octets + " octets";
    }

    @Override
    public void failed(String why) {
        assertThat(outcome).isNull();
        outcome = "failed: " + why;
    }
}
