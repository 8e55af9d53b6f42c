package io.imaas.model.kubernetes;

import io.imaas.model.failure.Effect.FieldChange;
import io.imaas.model.failure.FailureException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Compares objects as the API server does: what is empty is left out there, and {@code 0.5} is {@code 500m}. */
public final class ObjectDiff {
    /** What the server writes by itself into every object. */
    private static final Set<String> SERVERS_OWN = Set.of(
            "status",
            "metadata.managedFields",
            "metadata.resourceVersion",
            "metadata.generation",
            "metadata.creationTimestamp",
            "metadata.uid");

    /** An image with its digest is shown. */
    private static final int SHOWN = 160;

    private ObjectDiff() {}

    /** An object's fields without what the server writes by itself: what somebody could apply again. */
    public static Map<String, Object> applicable(Map<String, Object> found) {
        Map<String, Object> fields = new LinkedHashMap<>(found);
        fields.remove("status");
        if (found.get("metadata") instanceof Map<?, ?> all) {
            Map<Object, Object> metadata = new LinkedHashMap<>(all);
            metadata.keySet().removeIf(key -> SERVERS_OWN.contains("metadata." + key));
            fields.put("metadata", metadata);
        }
        return fields;
    }

    /** Whether an object has every field that is wanted, with its value; what else it has does not matter. */
    public static boolean holds(Object found, Object wanted) {
        if (wanted instanceof Map<?, ?> map) {
            return isLeftOut(found, map.isEmpty())
                    || (found instanceof Map<?, ?> there
                            && map.entrySet().stream()
                                    .allMatch(entry -> holds(there.get(entry.getKey()), entry.getValue())));
        }
        if (wanted instanceof List<?> list) {
            return isLeftOut(found, list.isEmpty()) || (found instanceof List<?> there && holdsAll(there, list));
        }
        return same(found, wanted);
    }

    private static boolean isLeftOut(Object found, boolean empty) {
        return empty && found == null;
    }

    private static boolean holdsAll(List<?> found, List<?> wanted) {
        boolean all = found.size() == wanted.size();
        for (int i = 0; all && i < wanted.size(); i++) {
            all = holds(found.get(i), wanted.get(i));
        }
        return all;
    }

    private static boolean same(Object found, Object wanted) {
        if (String.valueOf(wanted).equals(String.valueOf(found))) {
            return true;
        }
        return found != null
                && startsAsNumber(wanted)
                && startsAsNumber(found)
                && Objects.equals(quantity(found), quantity(wanted));
    }

    private static boolean startsAsNumber(Object value) {
        String text = String.valueOf(value);
        return !text.isEmpty() && Character.isDigit(text.charAt(0));
    }

    /** What is not a quantity is equal to itself alone. */
    private static Object quantity(Object value) {
        try {
            return Quantity.parse(String.valueOf(value));
        } catch (FailureException e) {
            return value;
        }
    }

    public static List<FieldChange> changes(Map<?, ?> before, Map<?, ?> after) {
        List<FieldChange> changes = new ArrayList<>();
        compare("", before, after, changes);
        return changes;
    }

    private static void compare(String path, Object before, Object after, List<FieldChange> changes) {
        if (SERVERS_OWN.contains(path) || (holds(before, after) && holds(after, before))) {
            return;
        }
        if (before instanceof Map<?, ?> old && after instanceof Map<?, ?> now) {
            Set<Object> keys = new LinkedHashSet<>(old.keySet());
            keys.addAll(now.keySet());
            keys.forEach(
                    key -> compare(path.isEmpty() ? "" + key : path + "." + key, old.get(key), now.get(key), changes));
        } else if (before instanceof List<?> old && after instanceof List<?> now && alike(old, now)) {
            for (int i = 0; i < now.size(); i++) {
                compare(path + "[" + element(now.get(i), i) + "]", old.get(i), now.get(i), changes);
            }
        } else {
            changes.add(new FieldChange(path, shown(before), shown(after)));
        }
    }

    /** Lists of the same named objects in the same order: their elements are compared one by one. */
    private static boolean alike(List<?> before, List<?> after) {
        boolean alike = before.size() == after.size();
        for (int i = 0; alike && i < after.size(); i++) {
            alike = before.get(i) instanceof Map<?, ?> old
                    && after.get(i) instanceof Map<?, ?> now
                    && Objects.equals(old.get("name"), now.get("name"));
        }
        return alike;
    }

    private static Object element(Object element, int at) {
        Object name = ((Map<?, ?>) element).get("name");
        return name == null ? at : name;
    }

    private static String shown(Object value) {
        String text = value == null ? "" : String.valueOf(value);
        return text.length() > SHOWN || text.contains("\n") ? "(" + text.length() + " characters)" : text;
    }
}
