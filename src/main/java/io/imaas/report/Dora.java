package io.imaas.report;

import io.imaas.model.image.Digest;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.report.Deployment.Kind;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How a tenant delivers to one environment, its last as a rule, by the measures of DORA.
 *
 * @param deployments releases that came there, rollbacks not counted
 * @param failed how many of them were rolled back
 * @param rework how many of them came after a rollback, to make good for it
 * @param leadTime the median time from a release's first environment to this one; null when nothing came
 * @param restore the median time from a release that failed to its rollback; null when none failed
 */
public record Dora(int deployments, int failed, int rework, Duration leadTime, Duration restore)
        implements Serializable {
    /**
     * Of the deployments since a time.
     *
     * @param all of every environment, in any order; lead times begin before {@code since}
     */
    public static Dora of(List<Deployment> all, EnvironmentName environment, Instant since) {
        List<Deployment> ordered =
                all.stream().sorted(Comparator.comparing(Deployment::at)).toList();
        Map<ServiceName, Map<Digest, Instant>> first = new HashMap<>();
        ordered.forEach(one ->
                first.computeIfAbsent(one.service(), service -> new HashMap<>()).putIfAbsent(one.digest(), one.at()));
        List<Duration> lead = new ArrayList<>();
        List<Duration> restore = new ArrayList<>();
        int rework = 0;
        Map<ServiceName, Deployment> last = new HashMap<>();
        for (Deployment one : ordered) {
            if (!one.environment().equals(environment)) {
                continue;
            }
            Deployment before = last.put(one.service(), one);
            if (one.at().isBefore(since)) {
                continue;
            }
            if (one.kind() == Kind.ROLLED_BACK) {
                if (before != null && before.kind() != Kind.ROLLED_BACK) {
                    restore.add(Duration.between(before.at(), one.at()));
                }
            } else {
                lead.add(Duration.between(first.get(one.service()).get(one.digest()), one.at()));
                rework += before != null && before.kind() == Kind.ROLLED_BACK ? 1 : 0;
            }
        }
        return new Dora(lead.size(), restore.size(), rework, median(lead), median(restore));
    }

    /** In percent of the deployments; 0 when there are none. */
    public int failureRate() {
        return deployments == 0 ? 0 : Math.round(100f * failed / deployments);
    }

    private static Duration median(List<Duration> durations) {
        List<Duration> sorted =
                durations.stream().filter(Objects::nonNull).sorted().toList();
        return sorted.isEmpty() ? null : sorted.get(sorted.size() / 2);
    }
}
