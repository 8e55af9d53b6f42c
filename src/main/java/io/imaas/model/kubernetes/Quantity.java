package io.imaas.model.kubernetes;

import io.imaas.model.failure.FailureException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Kubernetes quantity (its API reference, "Quantity"): cores, bytes or pieces, exact.
 *
 * @param amount in whole units
 */
public record Quantity(BigDecimal amount) implements Serializable, Comparable<Quantity> {
    public static final Quantity ZERO = new Quantity(BigDecimal.ZERO);

    private static final Pattern FORM = Pattern.compile(
            "([+-]?(?:\\d{1,30}(?:\\.\\d{0,30})?|\\.\\d{1,30}))(?:([eE][+-]?\\d{1,2})|([KMGTPE]i|[numkMGTPE]?))");
    private static final Map<String, BigDecimal> SUFFIXES = Map.ofEntries(
            Map.entry("n", BigDecimal.ONE.scaleByPowerOfTen(-9)),
            Map.entry("u", BigDecimal.ONE.scaleByPowerOfTen(-6)),
            Map.entry("m", BigDecimal.ONE.scaleByPowerOfTen(-3)),
            Map.entry("", BigDecimal.ONE),
            Map.entry("k", BigDecimal.ONE.scaleByPowerOfTen(3)),
            Map.entry("M", BigDecimal.ONE.scaleByPowerOfTen(6)),
            Map.entry("G", BigDecimal.ONE.scaleByPowerOfTen(9)),
            Map.entry("T", BigDecimal.ONE.scaleByPowerOfTen(12)),
            Map.entry("P", BigDecimal.ONE.scaleByPowerOfTen(15)),
            Map.entry("E", BigDecimal.ONE.scaleByPowerOfTen(18)),
            Map.entry("Ki", binary(1)),
            Map.entry("Mi", binary(2)),
            Map.entry("Gi", binary(3)),
            Map.entry("Ti", binary(4)),
            Map.entry("Pi", binary(5)),
            Map.entry("Ei", binary(6)));

    public Quantity {
        // 1000m and 1 are the same.
        amount = amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
    }

    /** @throws FailureException INPUT when the text is not a quantity */
    public static Quantity parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw FailureException.input(
                    "'" + text + "' is not a Kubernetes quantity", "write it such as 500m, 2, 512Mi or 16Gi");
        }
        BigDecimal number = new BigDecimal(matcher.group(1));
        return new Quantity(
                matcher.group(2) != null
                        ? number.scaleByPowerOfTen(
                                Integer.parseInt(matcher.group(2).substring(1)))
                        : number.multiply(SUFFIXES.get(matcher.group(3))));
    }

    public static Quantity of(long whole) {
        return new Quantity(BigDecimal.valueOf(whole));
    }

    public Quantity plus(Quantity other) {
        return new Quantity(amount.add(other.amount));
    }

    public Quantity minus(Quantity other) {
        return new Quantity(amount.subtract(other.amount));
    }

    public Quantity times(int factor) {
        return new Quantity(amount.multiply(BigDecimal.valueOf(factor)));
    }

    public Quantity max(Quantity other) {
        return compareTo(other) >= 0 ? this : other;
    }

    @Override
    public int compareTo(Quantity other) {
        return amount.compareTo(other.amount);
    }

    /** Such as {@code 750m} or {@code 2}, rounded up to a thousandth. */
    public String cores() {
        BigDecimal thousandths = amount.scaleByPowerOfTen(3).setScale(0, RoundingMode.CEILING);
        return thousandths.remainder(BigDecimal.valueOf(1000)).signum() == 0
                ? thousandths.scaleByPowerOfTen(-3).toBigInteger().toString()
                : thousandths.toPlainString() + "m";
    }

    /** Such as {@code 1536Mi} or {@code 2Gi}, rounded up to a Mi. */
    public String memory() {
        BigDecimal mebis = amount.divide(binary(2), 0, RoundingMode.CEILING);
        return mebis.remainder(BigDecimal.valueOf(1024)).signum() == 0
                ? mebis.divide(BigDecimal.valueOf(1024), RoundingMode.UNNECESSARY) + "Gi"
                : mebis.toPlainString() + "Mi";
    }

    private static BigDecimal binary(int exponent) {
        return BigDecimal.valueOf(1024).pow(exponent);
    }
}
