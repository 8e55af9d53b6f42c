package io.imaas.model.tenancy;

import io.imaas.model.image.ImageRef;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * A check of what has just come live, before it is recorded as healthy.
 *
 * @param question what is asked over HTTP, how often and which answer is good; for a job, its name and environments alone
 * @param about what a missing answer means
 * @param job what runs in the service's namespace; null where something is asked over HTTP
 * @param soak for how long the check must hold after the rollout
 * @param failures after how many bad answers in a row it has failed, at least 1
 */
public record Verification(HttpGate question, About about, Job job, Duration soak, int failures)
        implements Serializable {
    /** Whom a question is put to. */
    public enum About {
        /** The service: no answer is a bad answer. */
        SERVICE,
        /** Somebody who watches it: no answer says nothing of the service. */
        OBSERVER
    }

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
