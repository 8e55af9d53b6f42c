package io.imaas.app.adopt;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Problem;
import io.imaas.model.kubernetes.Demand;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Adopted;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service.ServiceType;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import java.util.List;
import java.util.Map;

/**
 * What brings existing applications under management.
 *
 * @param files of the platform repository: path to text
 * @param proposed what these files bring under management
 * @param refused what stays as it is, and why
 * @param jobs that the CI server has already
 * @param problems of the files, errors and warnings; with an error nothing is to be proposed
 */
public record Adoption(
        Map<String, String> files,
        List<Proposed> proposed,
        List<Refused> refused,
        List<Job> jobs,
        List<Problem> problems) {
    public Adoption {
        files = Map.copyOf(files);
        proposed = List.copyOf(proposed);
        refused = List.copyOf(refused);
        jobs = List.copyOf(jobs);
        problems = List.copyOf(problems);
    }

    /**
     * An application that becomes a service in an environment.
     *
     * @param source where it was deployed from until now
     * @param objects how many it has
     * @param changes what would run otherwise than it does; empty: nothing
     */
    public record Proposed(
            TenantName tenant,
            EnvironmentName environment,
            ServiceName service,
            ServiceType type,
            RepositoryUrl repository,
            String source,
            int objects,
            Demand demand,
            Adopted adopted,
            List<Effect> changes) {
        public Proposed {
            changes = List.copyOf(changes);
        }
    }

    /** @param fix what can be done about it */
    public record Refused(String application, String why, String fix, List<Effect> changes) {
        public Refused {
            changes = List.copyOf(changes);
        }
    }

    /** @param what becomes of it */
    public record Job(String name, String what) {}

    /** Whether the files may be proposed. */
    public boolean sound() {
        return problems.stream().noneMatch(Problem::isError);
    }
}
