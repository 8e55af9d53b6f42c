package io.imaas.adapter.cel;

import dev.cel.common.values.NullValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Plain values as CEL knows them: whole numbers are 64 bits, fractions are doubles, nothing is a value too. */
final class Values {
    private Values() {}

    static Object of(Object plain) {
        if (plain == null) {
            return NullValue.NULL_VALUE;
        }
        if (plain instanceof Map<?, ?> map) {
            Map<String, Object> fields = new LinkedHashMap<>();
            map.forEach((key, value) -> fields.put(String.valueOf(key), of(value)));
            return fields;
        }
        if (plain instanceof List<?> list) {
            List<Object> items = new ArrayList<>(list.size());
            list.forEach(item -> items.add(of(item)));
            return items;
        }
        if (plain instanceof Integer || plain instanceof Short || plain instanceof Byte) {
            return ((Number) plain).longValue();
        }
        if (plain instanceof BigInteger whole) {
            return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : (Object) whole.doubleValue();
        }
        return plain instanceof Float || plain instanceof BigDecimal ? ((Number) plain).doubleValue() : plain;
    }

    /** For people, as CEL's {@code %s} writes it. */
    static String text(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(Values::text).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> text(entry.getKey()) + ": " + text(entry.getValue()))
                    .sorted()
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value instanceof NullValue ? "null" : String.valueOf(value);
    }
}
