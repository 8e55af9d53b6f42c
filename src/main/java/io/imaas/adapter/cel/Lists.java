package io.imaas.adapter.cel;

import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.INT;

import dev.cel.common.types.ListType;
import dev.cel.common.types.TypeParamType;
import java.util.List;

/** Kubernetes' functions on lists, such as {@code object.list.isSorted()}. */
final class Lists {
    private static final TypeParamType ITEM = TypeParamType.create("T");
    private static final ListType LIST = ListType.create(ITEM);

    private Lists() {}

    static void add(Functions to) {
        to.member("isSorted", BOOL, List.of(LIST), given -> isSorted(list(given[0])))
                .member("min", ITEM, List.of(LIST), given -> extreme(list(given[0]), -1))
                .member("max", ITEM, List.of(LIST), given -> extreme(list(given[0]), 1))
                .member("sum", ITEM, List.of(LIST), given -> sum(list(given[0])))
                .member("indexOf", INT, List.of(LIST, ITEM), given -> place(list(given[0]), given[1], false))
                .member("lastIndexOf", INT, List.of(LIST, ITEM), given -> place(list(given[0]), given[1], true));
    }

    private static List<?> list(Object given) {
        return (List<?>) given;
    }

    private static long place(List<?> list, Object wanted, boolean last) {
        boolean sure = wanted instanceof String || wanted instanceof Boolean;
        if (!sure && list.stream().anyMatch(item -> !item.getClass().equals(wanted.getClass()))) {
            throw new GivenUp("whether items of different types are equal is not known here");
        }
        return last ? list.lastIndexOf(wanted) : list.indexOf(wanted);
    }

    private static boolean isSorted(List<?> list) {
        for (int i = 1; i < list.size(); i++) {
            if (compare(list.get(i - 1), list.get(i)) > 0) {
                return false;
            }
        }
        return true;
    }

    private static Object extreme(List<?> list, int direction) {
        if (list.isEmpty()) {
            throw new IllegalArgumentException("an empty list has no " + (direction < 0 ? "min" : "max"));
        }
        Object found = list.get(0);
        for (Object item : list) {
            found = Integer.signum(compare(item, found)) == direction ? item : found;
        }
        return found;
    }

    private static Object sum(List<?> list) {
        if (list.stream().allMatch(Long.class::isInstance)) {
            return list.stream().mapToLong(Long.class::cast).reduce(0, Math::addExact);
        }
        double sum = 0;
        for (Object item : list) {
            if (!(item instanceof Double number)) {
                throw new IllegalArgumentException("no such overload");
            }
            sum += number;
        }
        return sum;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static int compare(Object a, Object b) {
        if (a instanceof String && b instanceof String) {
            return GoForms.order(a, b);
        }
        if (a.getClass().equals(b.getClass()) && a instanceof Comparable first) {
            return first.compareTo(b);
        }
        throw new GivenUp("items of different types have no order that is known here");
    }
}
