package io.imaas.model.event;

import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A place in a trace: the trace and a span of it, as W3C Trace Context writes them.
 *
 * @param value such as {@code 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01}
 */
public record TraceParent(String value) implements Serializable {
    /** The name of the header, of a CloudEvent's attribute and, in capitals, of the environment variable. */
    public static final String NAME = "traceparent";

    private static final Pattern FORM = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    /** @throws IllegalArgumentException for another text */
    public TraceParent {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + value + "' is not a place in a trace");
        }
    }

    /** What somebody else wrote; empty when it is missing or names no place in a trace. */
    public static Optional<TraceParent> find(String text) {
        return Optional.ofNullable(text)
                .map(String::strip)
                .filter(value -> FORM.matcher(value).matches())
                .map(TraceParent::new);
    }

    /** 32 hexadecimal digits. */
    public String trace() {
        return value.substring(3, 35);
    }

    /** 16 hexadecimal digits. */
    public String span() {
        return value.substring(36, 52);
    }
}
