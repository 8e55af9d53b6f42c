package io.imaas.model.tenancy;

import io.imaas.model.failure.FailureException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The rule behind the names of tenants, services and environments. */
final class Labels {
    private static final Pattern DNS_1123 = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

    private Labels() {}

    /** Kubernetes' DNS-1123 label, at most {@code limit} characters: these names become parts of object names. */
    static String require(String what, String value, int limit) {
        if (value == null || value.length() > limit || !DNS_1123.matcher(value).matches()) {
            // The completion of a shell adds a slash where a folder has this name.
            String lower = value == null
                    ? ""
                    : value.toLowerCase(Locale.ROOT).replace('_', '-').replaceFirst("/$", "");
            if (lower.length() <= limit && DNS_1123.matcher(lower).matches()) {
                throw FailureException.unknown("'" + value + "' is not a name for " + what, "", value, List.of(lower));
            }
            throw FailureException.input(
                    "'" + value + "' is not a name for " + what,
                    "use lower-case letters, digits and inner hyphens, at most " + limit + " characters");
        }
        return value;
    }
}
