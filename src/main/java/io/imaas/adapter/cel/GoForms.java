package io.imaas.adapter.cel;

import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.DOUBLE;
import static dev.cel.common.types.SimpleType.DURATION;
import static dev.cel.common.types.SimpleType.INT;
import static dev.cel.common.types.SimpleType.STRING;
import static dev.cel.common.types.SimpleType.TIMESTAMP;

import dev.cel.bundle.CelBuilder;
import dev.cel.checker.CelStandardDeclarations;
import dev.cel.checker.CelStandardDeclarations.StandardFunction.Overload.Arithmetic;
import dev.cel.checker.CelStandardDeclarations.StandardFunction.Overload.Comparison;
import dev.cel.checker.CelStandardDeclarations.StandardFunction.Overload.Conversions;
import dev.cel.checker.CelStandardDeclarations.StandardFunction.Overload.DateTime;
import dev.cel.checker.CelStandardDeclarations.StandardOverload;
import dev.cel.runtime.CelStandardFunctions;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** CEL's own functions that the API server's CEL, which is written in Go, does otherwise than the library: as there, or given up. */
final class GoForms {
    private static final Set<StandardOverload> REPLACED = Set.of(
            Conversions.DOUBLE_TO_STRING,
            Conversions.TIMESTAMP_TO_STRING,
            Conversions.STRING_TO_BOOL,
            Conversions.STRING_TO_INT64,
            // Nobody has asked for it: an expression with it closes the gate.
            Conversions.STRING_TO_UINT64,
            Conversions.STRING_TO_DOUBLE,
            Conversions.STRING_TO_TIMESTAMP,
            Comparison.LESS_STRING,
            Comparison.LESS_EQUALS_STRING,
            Comparison.GREATER_STRING,
            Comparison.GREATER_EQUALS_STRING,
            Arithmetic.MODULO_INT64,
            DateTime.DURATION_TO_MILLISECONDS);

    private static final Map<String, Boolean> TRUTHS = Map.of(
            "1", true, "t", true, "T", true, "true", true, "TRUE", true, "True", true, "0", false, "f", false, "F",
            false, "false", false);

    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,19}");
    private static final Pattern FRACTION =
            Pattern.compile("[+-]?(?:[0-9]{1,40}(?:\\.[0-9]{0,40})?|\\.[0-9]{1,40})(?:[eE][+-]?[0-9]{1,3})?");
    private static final Pattern TIME = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,9})?(?:Z|[+-][0-9]{2}:[0-9]{2})");

    private static final int MOST_DIGITS = 17;
    private static final int LARGEST_PLAIN = 6;
    private static final int SMALLEST_PLAIN = -4;

    private GoForms() {}

    static void addTo(CelBuilder builder) {
        builder.setStandardEnvironmentEnabled(false)
                .setStandardDeclarations(CelStandardDeclarations.newBuilder()
                        .filterFunctions((function, overload) -> !REPLACED.contains(overload))
                        .build())
                .setStandardFunctions(CelStandardFunctions.newBuilder().build());
        new Functions()
                .global("string", STRING, List.of(DOUBLE), given -> text((Double) given[0]))
                .global("string", STRING, List.of(TIMESTAMP), given -> text((Instant) given[0]))
                .global("bool", BOOL, List.of(STRING), given -> truth((String) given[0]))
                .global("int", INT, List.of(STRING), given -> whole((String) given[0]))
                .global("double", DOUBLE, List.of(STRING), given -> fraction((String) given[0]))
                .global("timestamp", TIMESTAMP, List.of(STRING), given -> time((String) given[0]))
                .global("_<_", BOOL, List.of(STRING, STRING), given -> order(given[0], given[1]) < 0)
                .global("_<=_", BOOL, List.of(STRING, STRING), given -> order(given[0], given[1]) <= 0)
                .global("_>_", BOOL, List.of(STRING, STRING), given -> order(given[0], given[1]) > 0)
                .global("_>=_", BOOL, List.of(STRING, STRING), given -> order(given[0], given[1]) >= 0)
                .global("_%_", INT, List.of(INT, INT), given -> rest((Long) given[0], (Long) given[1]))
                .member("getMilliseconds", INT, List.of(DURATION), given -> milliseconds((Duration) given[0]))
                .addBesideStandardTo(builder);
    }

    /** The fewest digits that mean this number, with an exponent where Go's {@code %g} has one. */
    static String text(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return Double.isNaN(number) ? "NaN" : number > 0 ? "+Inf" : "-Inf";
        }
        if (number == 0) {
            return 1 / number < 0 ? "-0" : "0";
        }
        BigDecimal exact = new BigDecimal(number);
        BigDecimal shortest = exact;
        for (int digits = MOST_DIGITS; digits > 0; digits--) {
            BigDecimal shorter = exact.round(new MathContext(digits));
            if (shorter.doubleValue() != number) {
                break;
            }
            shortest = shorter;
        }
        shortest = shortest.stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (exponent >= SMALLEST_PLAIN && exponent < LARGEST_PLAIN) {
            return shortest.toPlainString();
        }
        String digits = shortest.unscaledValue().abs().toString();
        return (number < 0 ? "-" : "") + digits.charAt(0) + (digits.length() > 1 ? "." + digits.substring(1) : "") + "e"
                + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    static String text(Instant at) {
        String text = at.toString();
        int end = text.length() - 1;
        while (text.contains(".") && text.charAt(end - 1) == '0') {
            end--;
        }
        return text.substring(0, end) + "Z";
    }

    /** By what their characters are in UTF-8, as Go's texts are ordered. */
    static int order(Object a, Object b) {
        return Arrays.compareUnsigned(
                ((String) a).getBytes(StandardCharsets.UTF_8), ((String) b).getBytes(StandardCharsets.UTF_8));
    }

    private static boolean truth(String text) {
        Boolean truth = (text.equals("FALSE") || text.equals("False")) ? Boolean.FALSE : TRUTHS.get(text);
        if (truth == null) {
            throw new IllegalArgumentException("'" + text + "' is neither true nor false");
        }
        return truth;
    }

    private static long whole(String text) {
        if (!WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is no whole number");
        }
        return Long.parseLong(text);
    }

    private static double fraction(String text) {
        double number = FRACTION.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
        if (!Double.isFinite(number)) {
            throw GivenUp.reading(text);
        }
        return number;
    }

    private static Instant time(String text) {
        if (!TIME.matcher(text).matches() || text.startsWith("0000")) {
            throw GivenUp.reading(text);
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw GivenUp.reading(text);
        }
    }

    private static long rest(long number, long by) {
        if (by == 0 || (by == -1 && number == Long.MIN_VALUE)) {
            throw new IllegalArgumentException(by == 0 ? "modulus by zero" : "integer overflow");
        }
        return number % by;
    }

    private static long milliseconds(Duration duration) {
        return duration.isNegative() ? -duration.negated().toMillis() : duration.toMillis();
    }
}
