package io.imaas.catalog;

import io.imaas.model.failure.FailureException;
import io.imaas.model.kubernetes.Quantity;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kubernetes quantities (its API reference, "Quantity"), and what people write instead. */
final class Quantities {
    private static final Pattern FORM = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)\\s*([A-Za-z]*)");
    /** Nobody's quota is in exabytes, and a lone E may be the beginning of an exponent. */
    private static final Set<String> SUFFIXES = Set.of("m", "", "k", "M", "G", "T", "P", "Ki", "Mi", "Gi", "Ti", "Pi");
    /** Below this not even one Micro Integrator starts; a number without unit is bytes, and a frequent slip. */
    private static final Quantity LEAST_MEMORY = Quantity.parse("64Mi");

    private static final Quantity MOST_CORES = Quantity.of(10_000);

    private Quantities() {}

    /** Checks a number of cores and returns it as it is written. */
    static String cpu(String text) {
        Matcher matcher = match(text, "cores, such as 8, 0.5 or 500m");
        String suffix = matcher.group(2);
        if (!suffix.isEmpty() && !suffix.equals("m")) {
            throw bad(text, "write cores without unit, or thousandths with m, such as 8 or 500m");
        }
        Quantity cores = Quantity.parse(text);
        if (cores.equals(Quantity.ZERO)) {
            throw bad(text, "the tenant needs some CPU, such as 2");
        }
        if (cores.compareTo(MOST_CORES) > 0) {
            throw FailureException.input(
                    "'" + text + "' means " + text + " whole cores", "did you mean " + text + "m?");
        }
        return text;
    }

    /** Checks an amount of memory and returns it as it is written. */
    static String memory(String text) {
        Matcher matcher = match(text, "bytes with a unit, such as 512Mi or 16Gi");
        String suffix = matcher.group(2);
        if (!SUFFIXES.contains(suffix)) {
            String first = suffix.substring(0, 1).toUpperCase(java.util.Locale.ROOT);
            boolean guessed = SUFFIXES.contains(first + "i");
            throw bad(
                    text, guessed ? "write " + matcher.group(1) + first + "i" : "write it with Mi or Gi, such as 16Gi");
        }
        if (suffix.equals("m")) {
            throw FailureException.input(
                    "'" + text + "' is thousandths of a byte", "did you mean " + matcher.group(1) + "Mi?");
        }
        if (Quantity.parse(text).compareTo(LEAST_MEMORY) < 0) {
            throw FailureException.input(
                    "'" + text + "' is " + Quantity.parse(text).amount().toPlainString()
                            + " bytes, too little for any service",
                    suffix.isEmpty() ? "did you mean " + text + "Gi?" : "give at least 64Mi");
        }
        return text;
    }

    /** Checks an amount of storage, which may be none, and returns it as it is written. */
    static String storage(String text) {
        return text.equals("0") ? text : memory(text);
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

    private static FailureException bad(String text, String fix) {
        return FailureException.input("'" + text + "' is not a Kubernetes quantity here", fix);
    }
}
