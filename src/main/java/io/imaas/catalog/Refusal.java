package io.imaas.catalog;

import io.imaas.model.failure.Location;
import java.io.Serial;

/** Ends the reading of one file, of which the rest can't be understood; never leaves this package. */
final class Refusal extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String rule;
    private final Location where;
    private final String what;
    private final String fix;

    Refusal(String rule, Location where, String what, String fix) {
        super(what, null, false, false);
        this.rule = rule;
        this.where = where;
        this.what = what;
        this.fix = fix;
    }

    void report(Findings findings) {
        findings.error(rule, where, what, fix);
    }
}
