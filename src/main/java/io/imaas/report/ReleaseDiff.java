package io.imaas.report;

import io.imaas.model.rollout.Release;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.snapshot.ReleaseGap;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What lies between two environments of a service.
 *
 * @param newer null, like {@code older}, when that environment has no release
 * @param release lines of {@code release.yaml} that differ, begun by {@code +} or {@code -}
 * @param values the same of {@code values.yaml}
 */
public record ReleaseDiff(
        ServiceName service,
        EnvironmentName from,
        EnvironmentName to,
        Release newer,
        Release older,
        List<String> release,
        List<String> values,
        ReleaseGap gap)
        implements Serializable {
    public ReleaseDiff {
        release = List.copyOf(release);
        values = List.copyOf(values);
    }

    /** Such as {@code test has 1.1.0 (sha256:4f…), prod has 1.0.0 (sha256:aa…)}. */
    public String heading() {
        return from + " has " + words(newer) + ", " + to + " has " + words(older);
    }

    /** Part by part, in the order in which people read it. */
    public Map<String, List<String>> parts() {
        Map<String, List<String>> parts = new LinkedHashMap<>();
        parts.put("release.yaml", release);
        parts.put("values.yaml", values);
        parts.put("image labels", gap.labelLines());
        parts.put("source commits", gap.commitLines());
        return parts;
    }

    /** All of it for people. */
    public String text() {
        StringBuilder text = new StringBuilder(service + ": " + heading() + "\n");
        parts().forEach((part, lines) -> lines.forEach(
                line -> text.append(part).append("  ").append(line).append('\n')));
        return text.toString();
    }

    /** The same for programs. */
    public Map<String, Object> told() {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("service", service);
        told.put("from", newer == null ? Map.of() : newer.values());
        told.put("to", older == null ? Map.of() : older.values());
        told.put("release", release);
        told.put("values", values);
        told.put("labels", gap.labels());
        told.put("labelsNote", gap.labelsNote());
        told.put("commits", Map.of("came", gap.came(), "gone", gap.gone()));
        told.put("commitsNote", gap.commitsNote());
        return told;
    }

    private static String words(Release release) {
        return release == null
                ? "no release"
                : release.version() + " (" + release.image().digest().abbreviated() + ")";
    }
}
