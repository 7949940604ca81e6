package org.osistack.application.facade;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.osistack.application.AssociationService;
import org.osistack.application.Associations;
import org.osistack.application.RoutedAssociations;
import org.osistack.core.ConfigurationException;
import org.osistack.core.Dissector;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import org.osistack.core.Trace;
import org.osistack.core.management.PathManagement;
import org.osistack.presentation.PresentationService;

/**
 * The links of a host beside its first. If the stack's session layer can stand on several columns of lower layers, it gets
 * another; if not, there is another column of all layers, and associations go by the one or the other.
 */
final class SecondLinks {
    /** A column of all layers, and the addresses of hosts in the first network and in its own, as they were typed. */
    private record Whole(Stack column, Map<String, String> hosts) {}

    private final List<Stack> columns = new ArrayList<>();
    private final List<Whole> wholes = new ArrayList<>();

    void add(
            Host host,
            Stack stack,
            StackSpec spec,
            StackSpec lower,
            Map<String, String> hosts,
            Trace trace,
            Supplier<Dissector> application) {
        Optional<PathManagement> paths = stack.management(PathManagement.class);
        if (paths.isPresent()) {
            Stack column = stack.lowerColumn(lower, trace);
            columns.add(column);
            paths.get().addColumn(column);
            hosts.forEach((address, also) -> readable(() -> paths.get().addHost(address, column, also)));
            return;
        }
        StackSpec whole = lower.copy();
        for (int layer = 5; layer <= StackSpec.TOP; layer++) {
            for (StackSpec.Module module : spec.layer(layer)) {
                whole.add(module);
            }
        }
        Stack column = Stack.open(host, whole, trace, application);
        columns.add(column);
        wholes.add(new Whole(column, hosts));
    }

    /** A person has typed the addresses. */
    private static void readable(Runnable reading) {
        try {
            reading.run();
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(e.getMessage(), e);
        }
    }

    /** Associations over the stack's own and over all columns. */
    AssociationService associations(Host host, AssociationService first) {
        if (wholes.isEmpty()) {
            return first;
        }
        RoutedAssociations routed = new RoutedAssociations(first);
        for (Whole whole : wholes) {
            AssociationService service = Associations.over(host, whole.column.service(PresentationService.class));
            Map<NetworkAddress, NetworkAddress> addresses = new HashMap<>();
            whole.hosts.forEach((address, also) ->
                    readable(() -> addresses.put(first.parseAddress(address), service.parseAddress(also))));
            routed.add(service, addresses);
        }
        return routed;
    }

    /** Close the columns; the stack above them is closed already. */
    void close() {
        columns.forEach(Stack::close);
        columns.clear();
    }
}
