package io.imaas.model.tenancy;

import io.imaas.model.image.ImageRef;
import io.imaas.model.policy.AdmissionPolicy.Expression;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * A check of what has just come live, before it is recorded as healthy.
 *
 * @param question what is asked over HTTP, how often and which answer is good; for a job, its name and environments alone
 * @param answered whether somebody who watches the service has told of it at all: no answer says nothing of the service; null
 *     where the service itself is asked, whose missing answer is a bad one
 * @param job what runs in the service's namespace; null where something is asked over HTTP
 * @param soak for how long the check must hold after the rollout
 * @param failures after how many bad answers in a row it has failed, at least 1
 */
public record Verification(HttpGate question, Expression answered, Job job, Duration soak, int failures)
        implements Serializable {
    /**
     * A container that runs to its end once; exit code 0 is good.
     *
     * @param command empty: what the image starts by itself
     */
    public record Job(ImageRef image, List<String> command, Duration timeout) implements Serializable {
        public Job {
            command = List.copyOf(command);
        }
    }

    public String name() {
        return question.name();
    }

    public boolean appliesTo(EnvironmentName environment) {
        return question.environments().contains(environment);
    }

    /** How plans name it, with what it takes: {@code errors (10 min)}. */
    public String shown() {
        return soak.isZero()
                ? name()
                : name() + " (" + soak.toString().substring(2).toLowerCase(java.util.Locale.ROOT) + ")";
    }
}
