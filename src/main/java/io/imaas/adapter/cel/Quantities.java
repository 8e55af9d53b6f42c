package io.imaas.adapter.cel;

import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.DOUBLE;
import static dev.cel.common.types.SimpleType.INT;
import static dev.cel.common.types.SimpleType.STRING;

import dev.cel.common.types.OpaqueType;
import io.imaas.model.failure.FailureException;
import io.imaas.model.kubernetes.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Kubernetes' quantities in CEL, such as {@code quantity('500m').isLessThan(quantity('1'))}. */
final class Quantities {
    private static final OpaqueType QUANTITY = OpaqueType.create("kubernetes.Quantity");

    private Quantities() {}

    static void add(Functions to) {
        to.type(QUANTITY, Quantity.class)
                .global("quantity", QUANTITY, List.of(STRING), given -> quantity((String) given[0]))
                .global("isQuantity", BOOL, List.of(STRING), given -> isQuantity((String) given[0]))
                .member("isInteger", BOOL, List.of(QUANTITY), given -> isWhole(amount(given[0])))
                .member("asInteger", INT, List.of(QUANTITY), given -> amount(given[0])
                        .longValueExact())
                .member("asApproximateFloat", DOUBLE, List.of(QUANTITY), given -> amount(given[0])
                        .doubleValue())
                .global("sign", INT, List.of(QUANTITY), given ->
                        (long) amount(given[0]).signum())
                .member("compareTo", INT, List.of(QUANTITY, QUANTITY), given -> (long) compare(given))
                .member("isLessThan", BOOL, List.of(QUANTITY, QUANTITY), given -> compare(given) < 0)
                .member("isGreaterThan", BOOL, List.of(QUANTITY, QUANTITY), given -> compare(given) > 0)
                .member("add", QUANTITY, List.of(QUANTITY, QUANTITY), given -> of(given[0])
                        .plus(of(given[1])))
                .member("add", QUANTITY, List.of(QUANTITY, INT), given -> of(given[0])
                        .plus(whole(given[1])))
                .member("sub", QUANTITY, List.of(QUANTITY, QUANTITY), given -> of(given[0])
                        .minus(of(given[1])))
                .member("sub", QUANTITY, List.of(QUANTITY, INT), given -> of(given[0])
                        .minus(whole(given[1])));
    }

    private static Quantity quantity(String text) {
        try {
            return Quantity.parse(text);
        } catch (FailureException e) {
            throw new IllegalArgumentException(e.failure().what(), e);
        }
    }

    private static boolean isQuantity(String text) {
        try {
            Quantity.parse(text);
            return true;
        } catch (FailureException e) {
            return false;
        }
    }

    private static Quantity of(Object given) {
        return (Quantity) given;
    }

    private static Quantity whole(Object given) {
        return Quantity.of((Long) given);
    }

    private static BigDecimal amount(Object given) {
        return of(given).amount();
    }

    private static int compare(Object[] given) {
        return of(given[0]).compareTo(of(given[1]));
    }

    private static boolean isWhole(BigDecimal amount) {
        return amount.setScale(0, RoundingMode.DOWN).compareTo(amount) == 0
                && amount.toBigInteger().bitLength() < Long.SIZE;
    }
}
