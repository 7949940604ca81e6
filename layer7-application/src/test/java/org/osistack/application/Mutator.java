package org.osistack.application;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.osistack.core.Host;
import org.osistack.core.LayerProvider;
import org.osistack.core.Octets;
import org.osistack.core.Options;
import org.osistack.core.Pdu;
import org.osistack.core.SapTrace;
import org.osistack.presentation.Pdv;

/**
 * A module that can be put upon any other: it offers the same service, and now and then changes, cuts or lengthens what
 * passes down, be it a PDU or octets in a primitive. So the peer's layers below understand it well, and the layer above
 * has its troubles.
 */
final class Mutator implements LayerProvider<Object, Object> {
    private static final int FIRST = 48; // octets: where headers are

    /** Makes what the layers below look at right again, or leaves it wrong. */
    interface Mender {
        /**
         * Mend a PDU that was changed.
         *
         * @param service the one below
         * @param arguments of the request that the PDU is one of
         */
        void mend(Pdu pdu, Object service, Object[] arguments);
    }

    private final int layer;
    private final Class<?> service;
    private final int oneIn;
    private final SplittableRandom random;
    private final Mender mender;
    private long mutations;

    /**
     * Make one.
     *
     * @param oneIn so many PDUs is changed
     */
    Mutator(int layer, Class<?> service, int oneIn, SplittableRandom random, Mender mender) {
        this.layer = layer;
        this.service = service;
        this.oneIn = oneIn;
        this.random = random;
        this.mender = mender;
    }

    /** How many PDUs were changed so far. */
    long mutations() {
        return mutations;
    }

    @Override
    public int layer() {
        return layer;
    }

    @Override
    public String name() {
        return "mutator";
    }

    @Override
    public String description() {
        return "changes what passes down";
    }

    @Override
    public List<String> standards() {
        return List.of();
    }

    @Override
    @SuppressWarnings("unchecked")
    public Class<Object> requires() {
        return (Class<Object>) service;
    }

    @Override
    public Class<Object> provides() {
        return requires();
    }

    @Override
    public Object open(Host host, Object below, Options options) {
        return proxy(below, new Downwards(below));
    }

    @Override
    public Object tap(Object tapped, SapTrace trace) {
        return tapped;
    }

    private static Object proxy(Object target, InvocationHandler handler) {
        Set<Class<?>> interfaces = new LinkedHashSet<>();
        for (Class<?> type = target.getClass(); type != null; type = type.getSuperclass()) {
            collect(type.getInterfaces(), interfaces);
        }
        return Proxy.newProxyInstance(Mutator.class.getClassLoader(), interfaces.toArray(Class<?>[]::new), handler);
    }

    private static void collect(Class<?>[] candidates, Set<Class<?>> interfaces) {
        for (Class<?> candidate : candidates) {
            if (isService(candidate)) {
                interfaces.add(candidate);
            }
            collect(candidate.getInterfaces(), interfaces);
        }
    }

    /** Whether it is an interface of a layer's service: those are public, and in packages of their own. */
    private static boolean isService(Class<?> type) {
        return type.getPackageName()
                .matches("org\\.osistack\\.(physical|datalink|network|transport|session|presentation)");
    }

    private static boolean isConnection(Object object) {
        return implementsOneThatEndsWith(object, "Connection")
                || implementsOneThatEndsWith(object, "DatagramTransport");
    }

    private static boolean isUser(Object object) {
        return implementsOneThatEndsWith(object, "User") || implementsOneThatEndsWith(object, "Listener");
    }

    private static boolean implementsOneThatEndsWith(Object object, String end) {
        if (object == null) {
            return false;
        }
        Set<Class<?>> interfaces = new LinkedHashSet<>();
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            collect(type.getInterfaces(), interfaces);
        }
        return interfaces.stream().anyMatch(type -> type.getSimpleName().endsWith(end));
    }

    private static Object call(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Stands before a service or a connection. */
    private final class Downwards implements InvocationHandler {
        private final Object target;

        Downwards(Object target) {
            this.target = target;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            Object[] passed = arguments == null ? null : arguments.clone();
            boolean isRequest =
                    method.getName().equals("request") || method.getName().endsWith("Request");
            byte[] before = null;
            for (int i = 0; passed != null && i < passed.length; i++) {
                if (isUser(passed[i])) {
                    passed[i] = proxy(passed[i], new Upwards(passed[i]));
                } else if (isRequest) {
                    before = passed[i] instanceof Pdu pdu ? pdu.toByteArray() : before;
                    passed[i] = perhapsMutated(passed[i], arguments);
                }
            }
            Object result = call(method, target, passed);
            if (before != null && Boolean.FALSE.equals(result)) { // the PDU is the caller's still, as it was
                ((Pdu) arguments[arguments.length - 1]).truncate(0).append(before);
            }
            return isConnection(result) ? proxy(result, new Downwards(result)) : result;
        }

        private Object perhapsMutated(Object argument, Object[] arguments) {
            if (argument instanceof Pdu pdu) {
                if (isChosen()) {
                    mutate(pdu);
                    mender.mend(pdu, target, arguments);
                }
            } else if (argument instanceof Record value
                    && value.getClass().getName().contains("Primitive")) {
                return primitive(value);
            }
            return argument;
        }
    }

    /** Stands before a user, so that it gets no connection but through a mutator. */
    private final class Upwards implements InvocationHandler {
        private final Object target;

        Upwards(Object target) {
            this.target = target;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            Object[] passed = arguments == null ? null : arguments.clone();
            for (int i = 0; passed != null && i < passed.length; i++) {
                if (isConnection(passed[i])) {
                    passed[i] = proxy(passed[i], new Downwards(passed[i]));
                }
            }
            Object result = call(method, target, passed);
            return isUser(result) ? proxy(result, new Upwards(result)) : result;
        }
    }

    private boolean isChosen() {
        boolean chosen = random.nextInt(oneIn) == 0;
        mutations += chosen ? 1 : 0;
        return chosen;
    }

    private void mutate(Pdu pdu) {
        for (int n = 1 + random.nextInt(3); n > 0 && pdu.length() > 0; n--) {
            int within = random.nextInt(4) == 0 ? pdu.length() : Math.min(FIRST, pdu.length());
            pdu.putUint8(random.nextInt(within), random.nextInt(4) == 0 ? random.nextInt(8) : random.nextInt(256));
        }
        if (pdu.length() > 0 && random.nextInt(8) == 0) {
            pdu.truncate(1 + random.nextInt(pdu.length())); // there is no SDU of no octets
        } else if (layer > 3 && random.nextInt(8) == 0) { // a frame may be full
            for (int n = Math.min(pdu.tailroom(), random.nextInt(8)); n > 0; n--) {
                pdu.appendUint8(random.nextInt(256));
            }
        }
    }

    private Octets perhapsMutated(Octets octets) {
        if (octets.isEmpty() || !isChosen()) {
            return octets;
        }
        byte[] array = octets.toByteArray();
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            array[random.nextInt(array.length)] = (byte) random.nextInt();
        }
        int length = random.nextInt(8) == 0 ? 1 + random.nextInt(array.length) : array.length; // as with PDUs
        return Octets.of(Arrays.copyOf(array, length));
    }

    /** The same primitive with other octets in it. */
    private Record primitive(Record primitive) {
        RecordComponent[] components = primitive.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                values[i] = value(components[i].getAccessor().invoke(primitive));
            }
            return primitive.getClass().getConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private Object value(Object value) {
        if (value instanceof Octets octets) {
            return perhapsMutated(octets);
        }
        if (value instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Pdv) {
            List<Pdv> pdvs = new ArrayList<>();
            for (Object pdv : list) {
                pdvs.add(new Pdv(((Pdv) pdv).context(), perhapsMutated(((Pdv) pdv).value())));
            }
            return pdvs;
        }
        return value;
    }
}
