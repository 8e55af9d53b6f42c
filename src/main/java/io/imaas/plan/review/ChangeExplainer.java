package io.imaas.plan.review;

import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.Release;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.snapshot.EnvironmentState;
import io.imaas.plan.snapshot.ServiceState;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Explains a change of an environment's branch file by file. */
public record ChangeExplainer(DirectChange change) implements Serializable {
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        change.paths().forEach(path -> lines.add(path + ": " + meaning(path)));
        return lines;
    }

    private String meaning(String path) {
        ServiceName service = GitOpsPaths.serviceOf(path).orElse(null);
        if (service == null) {
            return "no file of a service; nothing reads it";
        }
        String rest = path.substring(GitOpsPaths.folder(service).length() + 1);
        if (rest.equals("release.yaml")) {
            return "runs " + version(change.before(), service) + " -> " + version(change.after(), service);
        }
        if (rest.equals("values.yaml")) {
            return "values common to all environments; they move with merges";
        }
        if (rest.equals("migration.yaml")) {
            return "migration of the database; it moves with merges";
        }
        if (rest.startsWith("env/")) {
            return own(rest.substring("env/".length()).replaceFirst("\\.yaml$", ""));
        }
        return rest.startsWith("hold/") ? "keeps automatic changes away" : "no file that the orchestrator knows";
    }

    private String own(String environment) {
        EnvironmentName here = change.after().name();
        return environment.equals(here.value())
                ? "own values of " + here
                : "own values of " + environment
                        + ", which nothing reads on this branch: the change brought more than a release";
    }

    private static String version(EnvironmentState environment, ServiceName service) {
        return environment
                .service(service)
                .flatMap(ServiceState::running)
                .map(Release::version)
                .orElse("nothing");
    }
}
