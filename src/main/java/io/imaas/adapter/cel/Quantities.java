package io.imaas.adapter.cel;

import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.DOUBLE;
import static dev.cel.common.types.SimpleType.INT;
import static dev.cel.common.types.SimpleType.STRING;

import dev.cel.common.types.OpaqueType;
import io.imaas.model.failure.FailureException;
import io.imaas.model.kubernetes.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;

/** Kubernetes' quantities in CEL, such as {@code quantity('500m').isLessThan(quantity('1'))}. */
final class Quantities {
    private static final OpaqueType QUANTITY = OpaqueType.create("kubernetes.Quantity");

    private Quantities() {}

    /** Kubernetes keeps larger ones in a form that is never a whole number to it. */
    private static final BigDecimal SURELY_WHOLE = BigDecimal.TEN.pow(12);

    private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final int NANO = 9;
    /** Others, such as 1000m or 1.5Gi, are none to it either. */
    private static final Pattern PLAIN = Pattern.compile("[+-]?[0-9]+(?:[kMGTPE]i?|Ki|[eE]\\+?[0-9]+)?");

    private static final Pattern BEYOND = Pattern.compile("[+-]?[0-9.]{25,}.*|.*[eE][+-]?[0-9]{3,}");

    /** @param plain whether a whole one is a whole number to Kubernetes, too */
    private record Amount(Quantity of, boolean plain) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Amount amount && amount.of.equals(of);
        }

        @Override
        public int hashCode() {
            return of.hashCode();
        }

        Amount plus(Amount other) {
            return new Amount(of.plus(other.of), plain && other.plain);
        }

        Amount minus(Amount other) {
            return new Amount(of.minus(other.of), plain && other.plain);
        }
    }

    static void add(Functions to) {
        to.type(QUANTITY, Amount.class)
                .global("quantity", QUANTITY, List.of(STRING), given -> quantity((String) given[0]))
                .global("isQuantity", BOOL, List.of(STRING), given -> isQuantity((String) given[0]))
                .member("isInteger", BOOL, List.of(QUANTITY), given -> isWhole(given[0]))
                .member("asInteger", INT, List.of(QUANTITY), given -> whole(given[0]))
                .member("asApproximateFloat", DOUBLE, List.of(QUANTITY), given -> number(given[0])
                        .doubleValue())
                .global("sign", INT, List.of(QUANTITY), given ->
                        (long) number(given[0]).signum())
                .member("compareTo", INT, List.of(QUANTITY, QUANTITY), given -> (long) compare(given))
                .member("isLessThan", BOOL, List.of(QUANTITY, QUANTITY), given -> compare(given) < 0)
                .member("isGreaterThan", BOOL, List.of(QUANTITY, QUANTITY), given -> compare(given) > 0)
                .member("add", QUANTITY, List.of(QUANTITY, QUANTITY), given -> amount(given[0])
                        .plus(amount(given[1])))
                .member("add", QUANTITY, List.of(QUANTITY, INT), given -> amount(given[0])
                        .plus(of(given[1])))
                .member("sub", QUANTITY, List.of(QUANTITY, QUANTITY), given -> amount(given[0])
                        .minus(amount(given[1])))
                .member("sub", QUANTITY, List.of(QUANTITY, INT), given -> amount(given[0])
                        .minus(of(given[1])));
    }

    private static Amount quantity(String text) {
        try {
            Quantity quantity = Quantity.parse(text);
            if (quantity.amount().scale() > NANO || quantity.amount().abs().compareTo(LARGEST) > 0) {
                // Kubernetes rounds the one and caps the other.
                throw GivenUp.reading(text);
            }
            return new Amount(quantity, PLAIN.matcher(text).matches());
        } catch (FailureException e) {
            refuseBeyond(text);
            throw new IllegalArgumentException(e.failure().what(), e);
        }
    }

    private static boolean isQuantity(String text) {
        try {
            Quantity.parse(text);
            return true;
        } catch (FailureException e) {
            refuseBeyond(text);
            return false;
        }
    }

    private static void refuseBeyond(String text) {
        if (BEYOND.matcher(text).matches()) {
            throw GivenUp.reading(text);
        }
    }

    private static Amount amount(Object given) {
        return (Amount) given;
    }

    private static Amount of(Object whole) {
        return new Amount(Quantity.of((Long) whole), true);
    }

    private static BigDecimal number(Object given) {
        return amount(given).of().amount();
    }

    private static int compare(Object[] given) {
        return number(given[0]).compareTo(number(given[1]));
    }

    private static boolean isWhole(Object given) {
        BigDecimal number = number(given);
        if (number.scale() > 0) {
            return false;
        }
        if (!amount(given).plain() || number.abs().compareTo(SURELY_WHOLE) >= 0) {
            throw GivenUp.reading(number.toPlainString());
        }
        return true;
    }

    private static long whole(Object given) {
        if (!isWhole(given)) {
            throw new IllegalArgumentException("cannot convert value to integer");
        }
        return number(given).longValueExact();
    }
}
