package io.imaas.catalog;

import io.imaas.model.FailureException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kubernetes quantities (its API reference, "Quantity"), and what people write instead. */
final class Quantities {
    private static final Pattern FORM = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)\\s*([A-Za-z]*)");
    private static final Map<String, BigDecimal> SUFFIXES = Map.ofEntries(
            Map.entry("m", new BigDecimal("0.001")),
            Map.entry("", BigDecimal.ONE),
            Map.entry("k", power(1000, 1)),
            Map.entry("M", power(1000, 2)),
            Map.entry("G", power(1000, 3)),
            Map.entry("T", power(1000, 4)),
            Map.entry("P", power(1000, 5)),
            Map.entry("Ki", power(1024, 1)),
            Map.entry("Mi", power(1024, 2)),
            Map.entry("Gi", power(1024, 3)),
            Map.entry("Ti", power(1024, 4)),
            Map.entry("Pi", power(1024, 5)));
    /** Below this not even one Micro Integrator starts; a number without unit is bytes, and a frequent slip. */
    private static final BigDecimal LEAST_MEMORY = power(1024, 2).multiply(BigDecimal.valueOf(64));

    private static final BigDecimal MOST_CORES = BigDecimal.valueOf(10_000);

    private Quantities() {}

    /** Checks a number of cores and returns it as it is written. */
    static String cpu(String text) {
        Matcher matcher = match(text, "cores, such as 8, 0.5 or 500m");
        String suffix = matcher.group(2);
        if (!suffix.isEmpty() && !suffix.equals("m")) {
            throw bad(text, "write cores without unit, or thousandths with m, such as 8 or 500m");
        }
        BigDecimal cores = value(matcher);
        if (cores.signum() == 0) {
            throw bad(text, "the tenant needs some CPU, such as 2");
        }
        if (cores.compareTo(MOST_CORES) > 0) {
            throw FailureException.input(
                    "'" + text + "' means " + text + " whole cores", "", "did you mean " + text + "m?");
        }
        return text;
    }

    /** Checks an amount of memory and returns it as it is written. */
    static String memory(String text) {
        Matcher matcher = match(text, "bytes with a unit, such as 512Mi or 16Gi");
        String suffix = matcher.group(2);
        if (!SUFFIXES.containsKey(suffix)) {
            String first = suffix.substring(0, 1).toUpperCase(java.util.Locale.ROOT);
            boolean guessed = SUFFIXES.containsKey(first + "i");
            throw bad(
                    text, guessed ? "write " + matcher.group(1) + first + "i" : "write it with Mi or Gi, such as 16Gi");
        }
        if (suffix.equals("m")) {
            throw FailureException.input(
                    "'" + text + "' is thousandths of a byte", "", "did you mean " + matcher.group(1) + "Mi?");
        }
        if (value(matcher).compareTo(LEAST_MEMORY) < 0) {
            throw FailureException.input(
                    "'" + text + "' is " + value(matcher).toPlainString() + " bytes, too little for any service",
                    "",
                    suffix.isEmpty() ? "did you mean " + text + "Gi?" : "give at least 64Mi");
        }
        return text;
    }

    private static Matcher match(String text, String form) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw bad(text, "write " + form);
        }
        if (text.contains(" ")) {
            throw bad(text, "write it without the space: " + text.replaceAll("\\s", ""));
        }
        return matcher;
    }

    private static BigDecimal value(Matcher matcher) {
        return new BigDecimal(matcher.group(1)).multiply(SUFFIXES.get(matcher.group(2)));
    }

    private static FailureException bad(String text, String mend) {
        return FailureException.input("'" + text + "' is no Kubernetes quantity here", "", mend);
    }

    private static BigDecimal power(int base, int exponent) {
        return BigDecimal.valueOf(base).pow(exponent);
    }
}
