package org.osistack.application.rtse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osistack.application.store.Store;
import org.osistack.application.store.StoreException;
import org.osistack.core.Octets;

class StoredTransferLogTest {
    private static final Octets APDU = Octets.ofHex("a1 03 02 01 01");

    @TempDir
    private Path folder;

    private final List<String> complaints = new ArrayList<>();

    private Store store() throws StoreException {
        return Store.open(folder.resolve("store"));
    }

    private StoredTransferLog log(Store store, String owner) {
        return StoredTransferLog.in(store, owner, complaints::add);
    }

    private static SessionConnectionIdentifier association(int number) {
        return new SessionConnectionIdentifier(Octets.of((byte) number), Octets.ofText("260601080000Z"), Octets.EMPTY);
    }

    private static TransferState state(boolean isInitiator, int association) {
        return new TransferState(
                isInitiator,
                "",
                "bank",
                association(association),
                DialogueMode.TWO_WAY_ALTERNATE,
                true,
                64,
                3,
                null,
                null,
                null,
                Octets.EMPTY);
    }

    @Test
    void knowsAfterARestartWhatWasSaved() throws StoreException {
        try (Store store = store()) {
            StoredTransferLog log = log(store, "bob");
            log.save(state(true, 1));
            log.save(state(false, 1));
            log.saveSoon(state(true, 2));
            log.remove(state(true, 2));
        }
        try (Store store = store()) {
            StoredTransferLog log = log(store, "bob");
            assertThat(log.all()).containsExactlyInAnyOrder(state(true, 1), state(false, 1));
            assertThat(log.load(true, association(1))).isEqualTo(state(true, 1));
            assertThat(log.load(true, association(2))).isNull();
        }
        assertThat(complaints).isEmpty();
    }

    @Test
    void keepsTheLogsOfTwoOwnersApart() throws StoreException {
        try (Store store = store()) {
            log(store, "bob").save(state(true, 1));
            StoredTransferLog bobby = log(store, "bobby");
            assertThat(bobby.all()).isEmpty();
            bobby.save(state(true, 2));
            assertThat(log(store, "bob").all()).containsExactly(state(true, 1));
        }
    }

    @Test
    void keepsApdusFromTheNextSaveOnUntilTheAssociationIsForgotten() throws StoreException {
        try (Store store = store()) {
            StoredTransferLog log = log(store, "");
            log.save(state(false, 1));
            log.keep(false, association(1), 9, APDU);
            log.keep(false, association(1), 10, APDU);
            log.keep(false, association(1), 11, APDU);
            log.drop(false, association(1), 9);
            log.save(state(false, 1));
            log.keep(false, association(1), 12, APDU); // and the process is killed
            store.rollback();
        }
        try (Store store = store()) {
            StoredTransferLog log = log(store, "");
            assertThat(log.kept(false, association(1)))
                    .containsOnlyKeys(10L, 11L)
                    .containsValue(APDU);
            assertThat(log.kept(true, association(1))).isEmpty();
            log.remove(state(false, 1));
        }
        try (Store store = store()) {
            assertThat(log(store, "").kept(false, association(1))).isEmpty();
            assertThat(store.map("apdus").size()).isZero();
            assertThat(store.map("transfers").size()).isZero();
        }
    }

    @Test
    void goesOnInMemoryWhenTheStoreFailsAndSaysSoOnce() throws StoreException {
        Store store = store();
        StoredTransferLog log = log(store, "");
        store.close();

        log.save(state(true, 1));
        log.save(state(true, 2));

        assertThat(log.all()).hasSize(2);
        assertThat(complaints).singleElement().asString().endsWith("cannot be resumed when this process has ended");
    }
}
