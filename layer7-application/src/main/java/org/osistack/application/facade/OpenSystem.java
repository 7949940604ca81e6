package org.osistack.application.facade;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.osistack.application.AssociationService;
import org.osistack.application.security.Authenticator;
import org.osistack.application.security.Background;
import org.osistack.application.security.Credentials;
import org.osistack.core.ConfigurationException;
import org.osistack.core.Dissector;
import org.osistack.core.Host;
import org.osistack.core.HostThread;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import org.osistack.core.Trace;
import org.osistack.presentation.ConnectionlessPresentation;
import org.osistack.presentation.NegotiatedPresentation;
import org.osistack.presentation.PresentationService;

/**
 * A host in real time with an open stack and a name on its link, for programs that want to wait for what they ask. Its
 * methods may be called from any thread but the hosts' own.
 *
 * <p>Beside the stack that was asked for, it has a column of {@code none} and {@code plain} on the same transport where
 * that is possible: multicast DNS needs it, and so do the applications of the Internet.
 */
public final class OpenSystem implements AutoCloseable {
    private static final Duration ABORT_GRACE =
            Duration.ofMillis(200); // for aborts to leave before the stack is closed

    private final HostThread thread;
    private final boolean ownsThread;
    private final Host host;
    private final BackgroundThread background;
    private final Trace trace;
    private final List<Runnable> closers = new ArrayList<>(); // run on the host's thread, last added first
    private final Lingering lingering = new Lingering(this);
    private final LinkNames names = new LinkNames(this);
    private final List<Stack> columns = new ArrayList<>(); // beside the stack; the host's thread alone
    private final SecondLinks links = new SecondLinks(); // the host's thread alone
    private final SystemAssociations associations; // the host's thread alone
    private final StackSpec spec;
    private final Supplier<Dissector> application;
    private Stack stack;
    private Stack plainColumn;

    /**
     * What a system is made of besides its stack.
     *
     * @param trace makes the trace; returns null for none
     * @param application makes what explains the PDUs of the application on top of the stack
     * @param names whether to claim the host's name on the link, and to find others by theirs
     * @param seed makes the host's random choices the same in each run; null for choices that nobody can foresee
     */
    public record Setup(Function<HostThread, Trace> trace, Supplier<Dissector> application, boolean names, Long seed) {
        public static final Setup PLAIN = new Setup(thread -> null, () -> Dissector.NONE, true, null);
    }

    private OpenSystem(
            HostThread thread,
            boolean ownsThread,
            Host host,
            Trace trace,
            StackSpec spec,
            Supplier<Dissector> application) {
        this.thread = thread;
        this.ownsThread = ownsThread;
        this.host = host;
        this.background = new BackgroundThread(thread, "background of " + host.name());
        this.trace = trace;
        this.spec = spec.copy();
        this.application = application;
        this.associations = new SystemAssociations(this, links);
    }

    /**
     * Start a host with a thread of its own.
     *
     * @throws ConfigurationException if the stack cannot be had
     */
    public static OpenSystem open(String name, StackSpec spec) {
        return open(name, spec, Setup.PLAIN);
    }

    /** As {@link #open(String, StackSpec)}, with more to choose. */
    public static OpenSystem open(String name, StackSpec spec, Setup setup) {
        HostThread thread = setup.seed() == null ? new HostThread(name) : new HostThread(name, setup.seed());
        try {
            return open(thread, true, name, spec, setup);
        } catch (RuntimeException e) {
            thread.close();
            throw e;
        }
    }

    /** Start a host on a thread that it shares with others, so that they can share a virtual medium. */
    public static OpenSystem open(HostThread thread, String name, StackSpec spec) {
        return open(thread, false, name, spec, Setup.PLAIN);
    }

    private static OpenSystem open(HostThread thread, boolean ownsThread, String name, StackSpec spec, Setup setup) {
        return Waits.call(thread, () -> {
            Host host = thread.newHost(name);
            OpenSystem system =
                    new OpenSystem(thread, ownsThread, host, setup.trace().apply(thread), spec, setup.application());
            try {
                system.openOnThread(setup.names());
            } catch (RuntimeException e) {
                system.closeOnThread();
                throw e;
            }
            return system;
        });
    }

    private void openOnThread(boolean hasNames) {
        stack = Stack.open(host, spec, trace, application);
        if (PlainColumn.isPossibleOn(spec)) {
            plainColumn = stack.column(PlainColumn.of(spec), trace, PlainDissector::new);
            ConnectionlessPresentation datagrams =
                    plainColumn.service(PresentationService.class).connectionless();
            if (hasNames && datagrams != null) {
                names.claim(datagrams);
            }
        }
    }

    /** The host's name on the link; another than was asked for if another host had that. */
    public String name() {
        return names.own();
    }

    public HostThread thread() {
        return thread;
    }

    public Host host() {
        return host;
    }

    public Stack stack() {
        return stack;
    }

    /**
     * The service of the stack that was asked for. To be used on the host's thread.
     *
     * @throws ConfigurationException if the stack has no presentation layer
     */
    public PresentationService presentation() {
        return stack.service(PresentationService.class);
    }

    /**
     * Associations over the stack that was asked for. To be used on the host's thread.
     *
     * @throws ConfigurationException if the stack has no presentation layer
     */
    public AssociationService associations() {
        return associations.own();
    }

    /** Whether the stack that was asked for has ACSE, which alone can carry the proof of who calls. */
    public boolean hasAcse() {
        return call(this::isNegotiated);
    }

    /** As {@link #hasAcse}. On the host's thread. */
    boolean isNegotiated() {
        return !spec.layer(StackSpec.TOP).isEmpty() && presentation() instanceof NegotiatedPresentation;
    }

    /**
     * Associations by ACSE: those of the stack that was asked for, if it has ACSE; otherwise those of a column with ACSE
     * on the same transport, whose sessions are no part of {@link #sessions()}. To be used on the host's thread.
     *
     * @throws ConfigurationException if there cannot be such a column
     */
    public AssociationService acse() {
        return associations.acse();
    }

    /**
     * From now on tell the peers of new associations who asks, and prove it.
     *
     * @throws ConfigurationException if the stack has no ACSE, which carries it
     */
    public void identify(Credentials credentials) {
        call(() -> {
            associations.identify(credentials);
            return null;
        });
    }

    /**
     * From now on admit to applications that are attached only whom this authenticator admits.
     *
     * @throws ConfigurationException if the stack has no ACSE, which carries the proof
     */
    public void guard(Authenticator authenticator) {
        call(() -> {
            associations.guard(authenticator);
            return null;
        });
    }

    /** Whether there is {@link #plain}. */
    boolean hasPlain() {
        return plainColumn != null;
    }

    /**
     * The service of layers {@code none} and {@code plain} on the same transport. To be used on the host's thread.
     *
     * @throws ConfigurationException if the stack cannot have them
     */
    public PresentationService plain() {
        if (plainColumn == null) {
            throw new ConfigurationException("plain octets need tcp in layer 4, and this stack has none");
        }
        return plainColumn.service(PresentationService.class);
    }

    /**
     * Open another column of upper layers, which shares each module with the stack up to the first that differs, and is
     * closed with it. To be used on the host's thread.
     *
     * @param change turns a copy of the stack's description into the column's
     * @throws ConfigurationException if there cannot be such a column
     */
    public Stack column(UnaryOperator<StackSpec> change) {
        Stack column = stack.column(change.apply(spec.copy()), trace, application);
        columns.add(column);
        return column;
    }

    /** Where to do what takes long: one task after another, and all that were asked for before the system has closed. */
    public Background background() {
        return background.background();
    }

    /**
     * Be at home on another link as well. To be called before anybody uses the associations.
     *
     * @param lower layers 1 to 4 there; the layers above are as in the stack, or the stack's own if those can use it
     * @param hosts what is reached by it, too: the address on the first link, and the one on this
     * @throws ConfigurationException if there cannot be such a column of layers, or an address is none
     */
    public void addLink(StackSpec lower, Map<String, String> hosts) {
        call(() -> {
            links.add(host, stack, spec, lower, hosts, trace, application);
            return null;
        });
    }

    /** Do this on the host's thread when the system is closed, before its stack is. */
    public void onClose(Runnable closer) {
        call(() -> closers.add(closer));
    }

    /** Its sessions as an operator sees them. To be used on the host's thread. */
    public SessionRegister sessions() {
        return new OpenSessions(host, stack, associations::ownIfAny);
    }

    /** Run this on the host's thread and wait for its result. What it throws is thrown here. */
    public <T> T call(Callable<T> task) {
        return Waits.call(thread, task);
    }

    /**
     * Wait until the host has an address.
     *
     * @return it; null if the network has none to give away
     * @throws IOException if there is none in time, or another host has the one that was configured
     */
    public NetworkAddress awaitAddress(Duration limit) throws IOException {
        return names.awaitAddress(limit);
    }

    /** Wait until the host's name is its own on the link, or nobody has contradicted it for long enough. */
    public void awaitName() {
        names.awaitOwn();
    }

    /**
     * Find a host: an address in the form of the network, or a name on the link, with or without {@code .local}.
     *
     * @throws IOException if nobody answers to the name
     */
    public NetworkAddress resolve(String hostOrAddress) throws IOException {
        return names.resolve(hostOrAddress);
    }

    /**
     * Open a connection and wait until the peer has accepted it.
     *
     * @param hostOrAddress as {@link #resolve}
     * @param port of the transport protocol; over a presentation protocol with selectors, the presentation selector
     * @throws IOException if it does not come about
     */
    public Connection connect(String hostOrAddress, int port) throws IOException {
        awaitAddress(Connection.CONNECT_LIMIT);
        NetworkAddress address = resolve(hostOrAddress);
        try {
            return Connection.open(this, address, port, Connection.CONNECT_LIMIT);
        } catch (IOException e) {
            throw new IOException("no connection to " + hostOrAddress + " port " + port + ": " + e.getMessage(), e);
        }
    }

    /**
     * Wait for connections to this port, as {@link #connect} names it.
     *
     * @throws IOException if somebody else does already
     */
    public Listener listen(int port) throws IOException {
        return Listener.open(this, port);
    }

    /**
     * Send and receive single datagrams.
     *
     * @param port 0 for one that is free
     * @throws IOException if somebody else uses the port, or the stack has no datagrams
     */
    public Datagrams datagrams(int port) throws IOException {
        return Datagrams.open(this, port);
    }

    Lingering lingering() {
        return lingering;
    }

    /**
     * See connections that were closed to their end, abort associations, say good-bye, close the stack. Does nothing the
     * second time.
     */
    @Override
    public void close() {
        try {
            lingering.await();
            if (call(this::endApplications) > 0) {
                Thread.sleep(ABORT_GRACE.toMillis());
            }
            Farewell.await(this);
            call(() -> {
                closeOnThread();
                return null;
            });
            background.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RejectedExecutionException e) {
            // The thread has ended, by an earlier close or by a failure that HostThread.ended() tells.
        }
        if (ownsThread) {
            thread.close();
        }
    }

    /** Let applications end, and abort the associations that they leave: how many these were. */
    private int endApplications() {
        for (int i = closers.size() - 1; i >= 0; i--) {
            closers.get(i).run();
        }
        closers.clear();
        return associations.abortAll();
    }

    private void closeOnThread() {
        endApplications();
        names.close();
        columns.forEach(Stack::close);
        columns.clear();
        if (plainColumn != null) {
            plainColumn.close();
            plainColumn = null;
        }
        if (stack != null) {
            stack.close();
            stack = null;
        }
        links.close();
    }
}
