package org.osistack.application.bank;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.osistack.application.ApplicationContext;
import org.osistack.application.ApplicationProvider;
import org.osistack.application.rose.ApduMeter;
import org.osistack.application.rose.RoseService;
import org.osistack.application.rtse.RtseService;
import org.osistack.application.store.Store;
import org.osistack.application.store.StoreException;
import org.osistack.core.ConfigurationException;
import org.osistack.core.Dissector;

/** The application {@code bank}: accounts that clients open, and move money between. */
public final class BankServer implements ApplicationProvider {
    private static final String DEFAULT_FOLDER = "bank";
    private static final String FILE = "accounts.store";

    @Override
    public String name() {
        return "bank";
    }

    @Override
    public String description() {
        return "keeps accounts; what is ordered is done exactly once, whatever is cut or killed";
    }

    @Override
    public List<String> standards() {
        return List.of("X.219", "X.229", "X.218", "X.228");
    }

    @Override
    public String argument() {
        return "FOLDER";
    }

    @Override
    public Needs needs() {
        return Needs.ASSOCIATIONS;
    }

    @Override
    public ApplicationContext context() {
        return BankApplication.CONTEXT;
    }

    @Override
    public void serve(Environment environment, String argument) {
        Path folder = Path.of(argument == null ? DEFAULT_FOLDER : argument);
        try {
            Files.createDirectories(folder);
            serve(environment, new Accounts(Store.open(folder.resolve(FILE))), InstantSource.system(), ApduMeter.NONE);
        } catch (StoreException e) {
            throw new ConfigurationException("bank: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ConfigurationException("bank: cannot make the folder " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Serve these accounts. */
    static void serve(Environment environment, Accounts accounts, InstantSource clock, ApduMeter meter) {
        RtseService transfers = BankApplication.transfers(
                environment.host(),
                environment.associations(),
                clock,
                accounts.transfers(complaint -> environment.log().accept("bank: " + complaint)));
        RoseService.over(environment.host(), transfers, meter)
                .attach(BankApplication.CONTEXT, BankApplication.settings(1), new BankDesk(accounts));
        environment
                .host()
                .newTimer(() -> transfers.forgetUnrecovered(BankApplication.CONTEXT))
                .arm(BankApplication.RECOVERY_NANOS);
    }

    @Override
    public Dissector newDissector() {
        return new BankDissector();
    }
}
