package io.imaas.model.rollout;

import io.imaas.model.tenancy.EnvironmentName;
import java.io.Serializable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A person's yes to one content in one environment. Any later change of that content has another fingerprint, and so no
 * approval.
 *
 * @param by the person, {@code @user}
 * @param as the approver they count as: a team they are of, or they themselves
 */
public record Approval(EnvironmentName environment, String fingerprint, String by, String as, Instant at)
        implements Serializable {
    public static Approval parse(EnvironmentName environment, String fingerprint, String text, String where) {
        Map<String, String> values = FlatText.read(text, where);
        return new Approval(
                environment,
                fingerprint,
                values.getOrDefault("by", ""),
                values.getOrDefault("as", ""),
                Instant.parse(values.getOrDefault("at", "1970-01-01T00:00:00Z")));
    }

    public String text() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("by", by);
        values.put("as", as);
        values.put("at", at.toString());
        return FlatText.write(values);
    }
}
