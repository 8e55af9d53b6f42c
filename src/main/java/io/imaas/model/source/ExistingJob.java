package io.imaas.model.source;

import java.io.Serializable;
import java.util.List;

/**
 * A job that a CI server has already.
 *
 * @param name with its folders, such as {@code team/order-api}
 * @param kind in the server's words, such as {@code multibranch pipeline}
 * @param repository URL of its sources; empty: it is not a pipeline of one Git repository
 * @param script path of its pipeline in the repository; empty: it is in the job itself
 * @param own what it has that a job of ours has not, such as {@code the schedule H 2 * * *}
 */
public record ExistingJob(String name, String kind, String repository, String script, List<String> own)
        implements Serializable {
    public ExistingJob {
        own = List.copyOf(own);
    }

    /** Whether onboarding can do what it does: it makes jobs of Git repositories. */
    public boolean isPipeline() {
        return !repository.isEmpty();
    }

    /** The name without folders. */
    public String shortName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** The last part of the repository's path, without {@code .git}. */
    public String repositoryName() {
        String path = repository.replaceFirst("/+$", "").replaceFirst("\\.git$", "");
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf(':')) + 1);
    }
}
