package org.osistack.session.x225;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that can change in some objects of this package and in those that they hold, so that a test can go back to it. It
 * takes the place of making all events anew, and costs a hundredth of that. What machines have outside this package is
 * not in it: their timers, which a test that goes back must not let run.
 */
final class Snapshot {
    private static final Map<Class<?>, List<Field>> FIELDS = new HashMap<>();
    private static final Set<Class<?>> SHARED = Set.of(
            X225Entity.class, Settings.class, SessionAccessPoint.class, Quotas.class, Timers.class, StateTable.class);

    private final List<Object> objects = new ArrayList<>();
    private final List<Object[]> values = new ArrayList<>();

    Snapshot(Object... roots) {
        Set<Object> known = Collections.newSetFromMap(new IdentityHashMap<>());
        ArrayDeque<Object> waiting = new ArrayDeque<>(List.of(roots));
        while (!waiting.isEmpty()) {
            Object object = waiting.removeFirst();
            if (known.add(object)) {
                take(object, waiting);
            }
        }
    }

    private void take(Object object, ArrayDeque<Object> waiting) {
        List<Field> fields = fields(object.getClass());
        Object[] taken = new Object[fields.size()];
        for (int i = 0; i < taken.length; i++) {
            Object value = value(fields.get(i), object);
            taken[i] = value instanceof Collection<?> collection
                            && Modifier.isFinal(fields.get(i).getModifiers())
                    ? collection.toArray()
                    : value;
            if (value != null && isOurs(value.getClass())) {
                waiting.add(value);
            }
        }
        objects.add(object);
        values.add(taken);
    }

    private static boolean isOurs(Class<?> type) {
        return type.getPackage() == Snapshot.class.getPackage()
                && !type.isEnum()
                && !type.isRecord()
                && !type.isSynthetic()
                && !type.isHidden()
                && !SHARED.contains(type);
    }

    /** Go back to it. */
    void restore() {
        for (int n = 0; n < objects.size(); n++) {
            Object object = objects.get(n);
            Object[] taken = values.get(n);
            List<Field> fields = fields(object.getClass());
            for (int i = 0; i < taken.length; i++) {
                restore(fields.get(i), object, taken[i]);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static void restore(Field field, Object object, Object taken) {
        try {
            if (!Modifier.isFinal(field.getModifiers())) {
                field.set(object, taken);
            } else if (taken instanceof Object[] elements && field.get(object) instanceof Collection<?> collection) {
                collection.clear();
                Collections.addAll((Collection<Object>) collection, elements);
            }
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static Object value(Field field, Object object) {
        try {
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    /** What can change in an object, and what it holds. */
    private static List<Field> fields(Class<?> type) {
        return FIELDS.computeIfAbsent(type, key -> {
            List<Field> fields = new ArrayList<>();
            for (Field field : key.getDeclaredFields()) {
                Class<?> held = field.getType();
                boolean changes = !Modifier.isFinal(field.getModifiers())
                        || held == ArrayDeque.class
                        || held == List.class
                        || isOurs(held);
                if (!Modifier.isStatic(field.getModifiers()) && changes) {
                    field.setAccessible(true);
                    fields.add(field);
                }
            }
            return fields;
        });
    }
}
