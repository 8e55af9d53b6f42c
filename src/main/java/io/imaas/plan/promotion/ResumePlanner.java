package io.imaas.plan.promotion;

import io.imaas.model.EnvironmentName;
import io.imaas.model.FailureException;
import io.imaas.model.GitOpsPaths;
import io.imaas.model.Request;
import io.imaas.model.ServiceName;
import io.imaas.model.Tenant;
import io.imaas.plan.Bucket;
import io.imaas.plan.CommitFiles;
import io.imaas.plan.NotNeeded;
import io.imaas.plan.Plan;
import io.imaas.plan.PlannedStep;
import io.imaas.plan.state.GitOpsState;
import io.imaas.plan.state.ServiceState;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decides how a hold is lifted. */
public final class ResumePlanner {
    private final Tenant tenant;

    public ResumePlanner(Tenant tenant) {
        this.tenant = tenant;
    }

    public Plan plan(Request request, EnvironmentName environment, GitOpsState state) {
        ServiceName service = request.service();
        ServiceState now = state.environment(environment)
                .service(service)
                .orElseThrow(() -> FailureException.input(
                        "there is no " + service + " in " + environment, "", "see 'imaas status'"));
        String title = "Resume " + service + " in " + environment;
        PlannedStep step = now.hold() == null
                ? new NotNeeded("resume", title, "nothing holds it")
                : commit(request, environment, title);
        return new Plan(title, request, List.of(), List.of(Bucket.of(step)), List.of());
    }

    private CommitFiles commit(Request request, EnvironmentName environment, String title) {
        Map<String, String> files = new HashMap<>();
        files.put(GitOpsPaths.hold(request.service(), environment), null);
        Map<String, String> trailers = new LinkedHashMap<>();
        trailers.put("Imaas-Tenant", tenant.name().value());
        trailers.put("Imaas-Service", request.service().value());
        trailers.put("Imaas-Environment", environment.value());
        trailers.put("Imaas-Actor", request.actor());
        return new CommitFiles("resume", title, environment.branch(), files, List.of(), title, trailers, "", null);
    }
}
