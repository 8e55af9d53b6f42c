package io.imaas.plan.promotion;

import io.imaas.model.identity.Actor;
import io.imaas.model.request.Request;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.HttpGate;
import io.imaas.model.tenancy.Offboarding;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.snapshot.Authors;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.plan.snapshot.RenderFacts;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.plan.snapshot.Snapshot;
import java.io.Serializable;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What would have to happen before the next environment has what this one has. */
public final class Outlook {
    private final Platform platform;
    private final Tenant tenant;
    private final Map<Arriving, RenderFacts> renders;
    private final Map<Arriving, Authors> authors;

    /** Of what Git alone tells. */
    public Outlook(Platform platform, Tenant tenant) {
        this(platform, tenant, Map.of(), Map.of());
    }

    /**
     * @param renders of what {@link #answered} finds: a yes counts for the manifests that it was said to
     * @param authors of the same, where theirs does not count
     */
    public Outlook(
            Platform platform, Tenant tenant, Map<Arriving, RenderFacts> renders, Map<Arriving, Authors> authors) {
        this.authors = Map.copyOf(authors);
        this.platform = platform;
        this.tenant = tenant;
        this.renders = Map.copyOf(renders);
    }

    /** A service on its way to an environment. */
    public record Arriving(ServiceName service, EnvironmentName from, EnvironmentName to) implements Serializable {}

    /** What lags behind and has an approver's word: whether the word counts, only the rendered manifests tell. */
    public List<Arriving> answered(GitOpsState state) {
        List<Arriving> found = new ArrayList<>();
        state.byService().forEach((service, own) -> lagging(service, own).stream()
                .filter(arriving -> own.approvals().stream()
                        .anyMatch(word -> word.service().equals(service)
                                && word.environment().equals(arriving.to())))
                .forEach(found::add));
        return found;
    }

    /**
     * For a service, by the environment that lags behind: the gates that are closed now. An environment that has the
     * release of the one before is not in it; one that could have it at once is there with no gate.
     */
    public Map<EnvironmentName, List<GateAnswer>> of(ServiceName name, GitOpsState state) {
        Map<EnvironmentName, List<GateAnswer>> closed = new LinkedHashMap<>();
        lagging(name, state).forEach(arriving -> closed.put(arriving.to(), closed(arriving, state)));
        return closed;
    }

    /**
     * What is added to "can be promoted": gates of the platform that are systems of others are asked when somebody promotes,
     * and not before. Empty where there are none.
     */
    public String askedThen(EnvironmentName to) {
        String names = platform.gates().stream()
                .filter(gate -> gate.environments().contains(to))
                .map(HttpGate::name)
                .collect(Collectors.joining(" and "));
        return names.isEmpty() ? "" : ", if " + names + " says yes then";
    }

    /** Whether it is offboarded there: Git still tells of it, but nothing of it runs. */
    public boolean isGone(ServiceName name, EnvironmentName environment, GitOpsState state) {
        LocalDate today = platform.dayOf(state.at());
        Offboarding shared = tenant.environment(environment)
                .map(Environment::offboarding)
                .orElse(Offboarding.NONE)
                .orEarlier(tenant.offboarding());
        return tenant.service(name)
                .map(Service::offboarding)
                .orElse(Offboarding.NONE)
                .orEarlier(shared)
                .isDue(today);
    }

    private List<Arriving> lagging(ServiceName name, GitOpsState state) {
        List<EnvironmentName> path =
                tenant.service(name).map(Service::environments).orElse(List.of());
        List<Arriving> lagging = new ArrayList<>();
        for (int i = 1; i < path.size(); i++) {
            EnvironmentName to = path.get(i);
            ServiceState ahead =
                    state.environment(path.get(i - 1)).service(name).orElse(null);
            boolean stays = !isGone(name, path.get(i - 1), state) && !isGone(name, to, state);
            if (stays && ahead != null && ahead.release() != null && differs(ahead, state, to)) {
                lagging.add(new Arriving(name, path.get(i - 1), to));
            }
        }
        return lagging;
    }

    private static boolean differs(ServiceState ahead, GitOpsState state, EnvironmentName to) {
        return state.environment(to)
                .service(ahead.service())
                .flatMap(ServiceState::running)
                .filter(release -> release.image().equals(ahead.release().image()))
                .isEmpty();
    }

    private List<GateAnswer> closed(Arriving arriving, GitOpsState state) {
        ServiceName name = arriving.service();
        Request request = new Request(tenant.name(), name, arriving.to(), "@nobody");
        PromotionRequest wanted = new PromotionRequest(
                request,
                arriving.from(),
                arriving.to(),
                List.of(name),
                null,
                "",
                false,
                "",
                Actor.unverified("@nobody"));
        List<RenderFacts> rendered = Stream.ofNullable(renders.get(arriving)).toList();
        return new PromotionPlanner(platform.alone(), tenant, Duration.ZERO)
                .plan(
                        wanted,
                        Snapshot.of(state)
                                .with(rendered)
                                .with(Stream.ofNullable(authors.get(arriving)).toList()))
                .closedGates();
    }
}
