package io.imaas.step.observe;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.Hold;
import io.imaas.model.rollout.Migration;
import io.imaas.model.rollout.Release;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.port.TextFiles;
import io.imaas.port.ValuesEditor;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** One service out of the files of its environment's branch: what can't be read of it is told, and harms no other. */
record ServiceReader(ValuesEditor values, EnvironmentName environment, TextFiles files) {
    ServiceState read(ServiceName service) {
        String path = GitOpsPaths.release(service);
        Hold hold = hold(GitOpsPaths.hold(service, environment));
        String text = files.texts().get(path);
        String common = files.texts().get(GitOpsPaths.values(service));
        try {
            Release release = files.find(path)
                    .flatMap(found -> Release.of(service, values.read(place(path), found)))
                    .orElse(null);
            files.find(GitOpsPaths.values(service));
            return new ServiceState(service, release, null, hold, text, common).with(migration(service));
        } catch (FailureException problem) {
            return new ServiceState(service, null, null, hold, text, common, null, placed(problem.failure(), path));
        }
    }

    private Migration migration(ServiceName service) {
        String path = GitOpsPaths.migration(service);
        return files.find(path).map(text -> Migration.parse(text, place(path))).orElse(null);
    }

    /** A hold that nobody can read holds: somebody had a reason. */
    private Hold hold(String path) {
        try {
            return files.find(path).map(text -> Hold.parse(text, place(path))).orElse(null);
        } catch (FailureException | DateTimeException unreadable) {
            return new Hold("its file " + place(path) + " can't be read", "", Instant.EPOCH);
        }
    }

    private Failure placed(Failure problem, String path) {
        Optional<String> known = Optional.of(problem.where()).filter(where -> where.contains("services/"));
        String where = known.map(found -> found.startsWith(environment + ":") ? found : place(found))
                .orElse(place(path));
        String fix = problem.suggestion().isEmpty()
                ? "fix it on branch " + environment + ", or 'imaas rollback'"
                : problem.suggestion();
        return new Failure(problem.kind(), problem.what(), where, fix);
    }

    private String place(String path) {
        return environment + ":" + path;
    }
}
