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
import io.imaas.plan.gate.Gate;
import io.imaas.plan.gate.Gates;
import io.imaas.plan.gate.QuotaGate;
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
import java.util.TreeSet;

/** Judges a person's own push or merge by the gates that a promotion would have passed. */
public final class DirectChangeReview {
    private final Platform platform;
    private final Tenant tenant;
    private final DirectChangePolicy policy;

    public DirectChangeReview(Platform platform, Tenant tenant, DirectChangePolicy policy) {
        this.platform = platform;
        this.tenant = tenant;
        this.policy = policy;
    }

    /** The verdict: every file explained, every gate asked, and what is to be done. */
    public Plan judge(Request request, DirectChange change) {
        EnvironmentName environment = change.after().name();
        Gates gates = new Gates(platform, tenant, change.facts(), false);
        List<Gate> asked = new ArrayList<>();
        Set<ServiceName> refused = new LinkedHashSet<>();
        for (Candidate candidate : arrived(change)) {
            List<Gate> own = candidate.provenIn().isEmpty() ? first(candidate, gates) : gates.of(candidate);
            asked.addAll(own);
            if (own.stream().anyMatch(gate -> !gate.open())) {
                refused.add(candidate.service().name());
            }
        }
        Set<ServiceName> came = new TreeSet<>();
        arrived(change).forEach(candidate -> came.add(candidate.service().name()));
        new QuotaGate(tenant, change.facts())
                .of(tenant.name() + " -> " + environment, came)
                .ifPresent(gate -> {
                    asked.add(gate);
                    refused.addAll(gate.open() ? Set.of() : came);
                });
        List<String> notes = new ArrayList<>(new ChangeExplainer(change).lines());
        PlannedStep step = refused.isEmpty() || policy != DirectChangePolicy.REVERT
                ? new NotNeeded(
                        "revert", "Take back", refused.isEmpty() ? "every gate is open" : "the policy lets it stay")
                : revert(request, change, refused);
        if (!refused.isEmpty()) {
            notes.add("the policy of direct changes is " + policy.word());
        }
        // Only a flag refuses the run: an allowed change is told, and a reverted one must be carried out.
        boolean blocks = policy == DirectChangePolicy.FLAG;
        List<Gate> shown = blocks
                ? asked
                : asked.stream().map(g -> g.open() ? g : g.forced()).toList();
        return new Plan(
                "Judge what " + change.author() + " did to " + environment,
                request,
                shown,
                List.of(StepGroup.of(step)),
                notes);
    }

    /** Where a path begins nothing was proven before, but an image is an image, and who goes gets nothing new. */
    private static List<Gate> first(Candidate candidate, Gates gates) {
        List<Gate> asked = new ArrayList<>();
        asked.add(Gate.open("path", candidate.subject(), "it is the first environment of its path"));
        gates.offboarding(candidate).ifPresent(asked::add);
        asked.addAll(gates.content(candidate));
        return asked;
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
                EnvironmentName from = here > 0 ? path.get(here - 1) : environment.name();
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
