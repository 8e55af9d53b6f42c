package io.imaas.plan.rollback;

import io.imaas.model.failure.FailureException;
import io.imaas.model.request.Request;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.Plan;
import io.imaas.plan.gate.Candidate;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.gate.GateTable;
import io.imaas.plan.gate.Occasion;
import io.imaas.plan.gate.Overrides;
import io.imaas.plan.gate.Question;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.plan.snapshot.Snapshot;
import io.imaas.plan.step.CommitFiles;
import io.imaas.plan.step.NotNeeded;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.StepGroup;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Decides how a hold is lifted. */
public record ResumePlanner(Platform platform, Tenant tenant) implements Serializable {
    public Plan plan(Request request, EnvironmentName environment, GitOpsState state) {
        ServiceName service = request.service();
        ServiceState now = state.environment(environment)
                .service(service)
                .orElseThrow(() -> FailureException.input(
                        "there is no " + service + " in " + environment, "imaas status " + service));
        String title = "Resume " + service + " in " + environment;
        PlannedStep step = now.hold() == null
                ? new NotNeeded("resume", title, "there is no hold")
                : commit(request, environment, title);
        List<Candidate> candidates = tenant.service(service).stream()
                .flatMap(known -> tenant.environment(environment).stream()
                        .map(here -> new Candidate(known, null, here, now, now)))
                .toList();
        List<GateAnswer> gates = GateTable.ask(
                new Question(Occasion.RESUME, platform, tenant, Snapshot.of(state), Overrides.NONE, candidates));
        return new Plan(title, request, gates, List.of(StepGroup.of(step)), List.of());
    }

    private CommitFiles commit(Request request, EnvironmentName environment, String title) {
        Map<String, String> files = new HashMap<>();
        files.put(GitOpsPaths.hold(request.service(), environment), null);
        Trailers trailers = Trailers.of(tenant.name(), List.of(request.service()), environment)
                .with(Trailers.ACTOR, request.actor());
        return CommitFiles.of("resume", title, environment.branch(), files, trailers.lines(), Map.of());
    }
}
