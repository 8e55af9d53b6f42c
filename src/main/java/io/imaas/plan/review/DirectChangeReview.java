package io.imaas.plan.review;

import io.imaas.model.request.Request;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.tenancy.DirectChangePolicy;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.Plan;
import io.imaas.plan.gate.Candidate;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.gate.GateAnswer.State;
import io.imaas.plan.gate.GateTable;
import io.imaas.plan.gate.Occasion;
import io.imaas.plan.gate.Overrides;
import io.imaas.plan.gate.Question;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.plan.step.CommitFiles;
import io.imaas.plan.step.NotNeeded;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.StepGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Reviews a person's own push or merge by the gates that a promotion would have passed. */
public final class DirectChangeReview {
    private final Platform platform;
    private final Tenant tenant;
    private final DirectChangePolicy policy;

    public DirectChangeReview(Platform platform, Tenant tenant, DirectChangePolicy policy) {
        this.platform = platform;
        this.tenant = tenant;
        this.policy = policy;
    }

    /** Every file explained, every gate asked, and what is to be done. */
    public Plan review(Request request, DirectChange change) {
        List<GateAnswer> answers = GateTable.ask(
                new Question(Occasion.DIRECT_PUSH, platform, tenant, change.facts(), Overrides.NONE, arrived(change)));
        Set<ServiceName> refused = answers.stream()
                .filter(GateAnswer::closed)
                .flatMap(answer -> answer.services().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        List<String> notes = new ArrayList<>(new ChangeExplainer(change).lines());
        PlannedStep step = refused.isEmpty() || policy != DirectChangePolicy.REVERT
                ? new NotNeeded(
                        "revert", "Take back", refused.isEmpty() ? "every gate is open" : "the policy lets it stay")
                : revert(request, change, refused);
        if (!refused.isEmpty()) {
            notes.add("the policy of direct changes is " + policy.word());
        }
        // Only a flag refuses the run: an allowed change is told, and a reverted one must be carried out.
        return new Plan(
                "Review what " + change.author() + " did to " + change.after().name(),
                request,
                policy == DirectChangePolicy.FLAG
                        ? answers
                        : answers.stream()
                                .map(answer -> answer.passed(State.TOLERATED))
                                .toList(),
                List.of(StepGroup.of(step)),
                notes);
    }

    private List<Candidate> arrived(DirectChange change) {
        Environment environment = tenant.environment(change.after().name()).orElseThrow();
        List<Candidate> arrived = new ArrayList<>();
        for (ServiceState now : change.after().services()) {
            ServiceState before = change.before().service(now.service()).orElse(null);
            Service service = tenant.service(now.service()).orElse(null);
            boolean changed = before == null || !Objects.equals(before.release(), now.release());
            if (service != null
                    && now.release() != null
                    && changed
                    && service.environments().contains(environment.name())) {
                List<EnvironmentName> path = service.environments();
                int here = path.indexOf(environment.name());
                EnvironmentName from = here > 0 ? path.get(here - 1) : null;
                arrived.add(new Candidate(service, from, environment, now, before));
            }
        }
        return arrived;
    }

    private CommitFiles revert(Request request, DirectChange change, Set<ServiceName> refused) {
        Map<String, String> files = new LinkedHashMap<>();
        for (ServiceName service : refused) {
            ServiceState before = change.before().service(service).orElse(null);
            files.put(GitOpsPaths.release(service), before == null ? null : before.releaseFile());
            files.put(GitOpsPaths.values(service), before == null ? null : before.valuesFile());
        }
        String names =
                String.join(", ", refused.stream().map(ServiceName::value).toList());
        String title = "Take back " + names + " in " + change.after().name();
        Map<String, String> trailers = new LinkedHashMap<>();
        trailers.put("Imaas-Tenant", tenant.name().value());
        trailers.put("Imaas-Service", names);
        trailers.put("Imaas-Environment", change.after().name().value());
        trailers.put("Imaas-Reverts", change.commit().value());
        trailers.put("Imaas-Actor", request.actor());
        return new CommitFiles(
                "revert",
                title,
                change.after().name().branch(),
                files,
                List.of(),
                title + ": a gate was closed when " + change.author() + " changed it",
                trailers,
                "revert " + change.commit().value(),
                null);
    }
}
