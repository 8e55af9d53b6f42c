package io.imaas.jenkins.page;

import hudson.Util;
import hudson.model.Failure;
import io.imaas.jenkins.run.Advice;
import io.imaas.jenkins.world.PlatformWorld;
import io.imaas.model.failure.FailureException;
import io.imaas.model.tenancy.Tenant;
import io.imaas.report.PeriodReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** {@code imaas/tenant/NAME/audit}: all changes of a tenant in a period, those against the separation of duties first. */
public record PeriodPage(int days, PeriodReport report) {
    private static final int MONTH = 30;
    private static final int LONGEST = 3650;

    /** A person reads no more; the file has all. */
    private static final int MOST = 50;

    /** @param days until now, as somebody wrote it; empty: 30 */
    static PeriodPage of(Tenant tenant, String days) {
        int period = period(Util.fixNull(days));
        Instant now = PlatformWorld.get().clock().now();
        try {
            return new PeriodPage(
                    period,
                    PlatformWorld.get()
                            .engine(tenant)
                            .imaas()
                            .overview(tenant)
                            .period(now.minus(Duration.ofDays(period)), now));
        } catch (FailureException e) {
            throw new Failure(Advice.inJenkins(e.failure()).sentence());
        }
    }

    private static int period(String days) {
        if (days.isEmpty()) {
            return MONTH;
        }
        int period = days.matches("[0-9]{1,4}") ? Integer.parseInt(days) : 0;
        if (period < 1 || period > LONGEST) {
            throw new Failure(
                    "'" + days + "' is not a period: give days from 1 to " + LONGEST + ", such as ?days=" + MONTH);
        }
        return period;
    }

    public List<Integer> periods() {
        return List.of(7, MONTH, 90, 365);
    }

    /** HTML that the report made: its texts are escaped. */
    public String fragment() {
        return report.fragment(MOST);
    }

    /** How many changes are in the file alone. */
    public int more() {
        return Math.max(0, report.changes().size() - MOST);
    }
}
