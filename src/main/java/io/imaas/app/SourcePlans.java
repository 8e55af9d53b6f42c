package io.imaas.app;

import io.imaas.model.failure.FailureException;
import io.imaas.model.source.TreeHash;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Request;
import io.imaas.model.tenancy.Request.Trigger;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.ServiceSettings;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.Plan;
import io.imaas.plan.SideBySide;
import io.imaas.plan.delivery.Aim;
import io.imaas.plan.delivery.BuildRules;
import io.imaas.plan.delivery.DeliveryPlanner;
import io.imaas.plan.delivery.Intent;
import io.imaas.plan.delivery.SourceHead;
import io.imaas.plan.delivery.SourceLayout;
import io.imaas.plan.delivery.SourceLayout.Placed;
import io.imaas.plan.gate.Gate;
import io.imaas.plan.promotion.PromotionRequest;
import io.imaas.plan.snapshot.SourceState;
import io.imaas.plan.step.NotNeeded;
import io.imaas.plan.step.StepGroup;
import io.imaas.step.observe.SourceObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** From a change of a service's sources to the plan for it. Reads the world, writes nothing. */
public final class SourcePlans {
    private final Engine engine;
    private final Catalog catalog;

    public SourcePlans(Engine engine, Catalog catalog) {
        this.engine = engine;
        this.catalog = catalog;
    }

    /**
     * What a change is for, and how that is done: for all services of its repository together.
     *
     * @param tenant whose build it is; it must own the repository
     * @throws FailureException POLICY when the repository is another tenant's; INPUT when it is nobody's, or its {@code
     *     imaas.yaml} is no good; CONFLICT when the branch no longer holds the commit
     */
    public IntendedPlan plan(Tenant tenant, SourceChange change, SourceWishes wishes) {
        SourceRepository sources =
                new SourceRepository(change.repository(), engine.sources().apply(change.repository()));
        List<Service> services = servicesOf(tenant, change);
        ServiceSettings settings = sources.settings(change);
        SourceLayout all = SourceLayout.of(tenant, services, settings);
        SourceLayout layout = wishes.service() == null ? all : all.only(wishes.service());
        BuildRules rules = rules(settings, change, wishes);
        List<ServiceName> names = layout.services().stream().map(Service::name).toList();
        List<Part> parts = new ArrayList<>();
        List<StepGroup> buckets = new ArrayList<>();
        for (List<Placed> bucket : layout.buckets()) {
            List<Part> own = bucket.stream()
                    .map(placed -> part(tenant, placed, change, rules, wishes.timeout()))
                    .toList();
            parts.addAll(own);
            buckets.addAll(SideBySide.zip(own.stream()
                    .map(part -> names.size() == 1
                            ? part.plan()
                            : SideBySide.prefixed(
                                    part.plan(), part.placed().service().name().value()))
                    .toList()));
        }
        Intent intent = parts.stream()
                .map(part -> part.aim().intent())
                .min(Comparator.comparing(SourcePlans::rank))
                .orElse(Intent.NOTHING);
        List<String> notes = new ArrayList<>(layout.notes());
        notes.addAll(notes(sources, change, intent));
        parts.forEach(part -> notes.addAll(part.plan().notes()));
        List<Gate> gates =
                parts.stream().flatMap(part -> part.plan().gates().stream()).toList();
        Plan plan = new Plan(
                parts.stream().map(part -> part.plan().title()).distinct().collect(Collectors.joining(", ")),
                request(tenant, names.size() == 1 ? names.get(0) : null, change, null),
                gates,
                buckets,
                notes);
        if (change.head() instanceof SourceHead.PullRequest pull) {
            plan = new PullRequestReports(engine, catalog, sources, tenant, wishes.timeout())
                    .added(plan, change, pull, layout);
        }
        String summary =
                parts.stream().map(part -> part.aim().sentence()).distinct().collect(Collectors.joining("; "));
        return new IntendedPlan(intent, tenant, plan, names, summary);
    }

    private record Part(Placed placed, Aim aim, Plan plan) {}

    private List<Service> servicesOf(Tenant tenant, SourceChange change) {
        Ownership owner = new Tenancy(catalog, Optional.empty()).of(change.repository());
        if (owner instanceof Ownership.Sources own && own.tenant().name().equals(tenant.name())) {
            return own.services();
        }
        throw FailureException.policy(
                "this repository does not hold sources of tenant " + tenant.name(),
                change.repository().value(),
                "build it in a job of the tenant that has it");
    }

    private BuildRules rules(ServiceSettings settings, SourceChange change, SourceWishes wishes) {
        if (!settings.image().dockerfile().isEmpty()) {
            throw FailureException.input(
                    "images are made without a daemon here, so 'dockerfile' can't be honoured",
                    "imaas.yaml",
                    "remove 'image.dockerfile'; 'image.base' names the image under the service");
        }
        BuildRules rules = BuildRules.of(catalog.platform(), settings);
        rules = wishes.builder().isEmpty() ? rules : rules.builtBy(wishes.builder());
        rules = wishes.testServers().isEmpty() ? rules : rules.testedOn(wishes.testServers());
        boolean strange = change.head() instanceof SourceHead.PullRequest pull && pull.fork();
        return strange ? rules.distrusting() : rules;
    }

    private Part part(Tenant tenant, Placed placed, SourceChange change, BuildRules rules, Duration timeout) {
        Service service = placed.service();
        Aim aim = Aim.of(tenant, service, change.head());
        Request request = request(tenant, service.name(), change, aim);
        DeliveryPlanner planner = new DeliveryPlanner(catalog, rules, timeout);
        Plan plan =
                switch (aim.intent()) {
                    case DELIVER ->
                        planner.plan(
                                request,
                                tenant,
                                service,
                                state(tenant, placed, change, rules),
                                change.build(),
                                engine.clock().now());
                    case IMAGE -> planner.image(request, tenant, service, state(tenant, placed, change, rules));
                    case CHECK -> planner.check(request, service, placed.path());
                    case PROMOTE -> promotion(tenant, placed, change, aim, timeout);
                    default -> nothing(request, service, aim);
                };
        return new Part(placed, aim, plan);
    }

    private SourceState state(Tenant tenant, Placed placed, SourceChange change, BuildRules rules) {
        return new SourceObserver(engine.sources().apply(change.repository()), engine.registry())
                .observe(
                        placed.service(),
                        change.commit(),
                        placed.path(),
                        catalog.imagesOf(tenant, placed.service()),
                        rules.base(),
                        rules.reusesUntested());
    }

    private Plan promotion(Tenant tenant, Placed placed, SourceChange change, Aim aim, Duration timeout) {
        TreeHash tree = engine.sources()
                .apply(change.repository())
                .tree(change.commit(), placed.path())
                .orElseThrow(() -> FailureException.input(
                        "there is no folder '" + placed.path() + "'",
                        change.repository() + "@" + change.commit().abbreviated(),
                        "mend the path in imaas.yaml"));
        ServiceName name = placed.service().name();
        PromotionRequest wanted = new PromotionRequest(
                request(tenant, name, change, aim),
                aim.from(),
                aim.to(),
                List.of(name),
                tree,
                "",
                false,
                "",
                List.of());
        return new Promotions(engine, catalog.platform(), tenant, timeout).plan(wanted);
    }

    private static Plan nothing(Request request, Service service, Aim aim) {
        return new Plan(
                "Nothing to do for " + service.name(),
                request,
                List.of(),
                List.of(StepGroup.of(new NotNeeded("nothing", service.name().value(), aim.sentence()))),
                List.of());
    }

    private static List<String> notes(SourceRepository sources, SourceChange change, Intent intent) {
        boolean moves = intent == Intent.DELIVER || intent == Intent.PROMOTE;
        if (moves && change.head() instanceof SourceHead.Branch branch) {
            return sources.overtaken(branch.name(), change.commit())
                    ? List.of("branch " + branch.name() + " has moved on since commit "
                            + change.commit().abbreviated())
                    : List.of();
        }
        return change.head() instanceof SourceHead.PullRequest pull && pull.fork()
                ? List.of(
                        "it comes from a fork: settings are the target's, and nothing but the native builder touches it")
                : List.of();
    }

    private static Request request(Tenant tenant, ServiceName service, SourceChange change, Aim aim) {
        Trigger trigger = change.head() instanceof SourceHead.PullRequest
                ? Trigger.PULL_REQUEST
                : aim != null && aim.intent() == Intent.PROMOTE ? Trigger.MERGE : Trigger.PUSH;
        EnvironmentName target = aim == null ? null : aim.to();
        return new Request(tenant.name(), service, trigger, target, change.actor());
    }

    /** Of several services, the one that changes most of the world gives its name to the whole. */
    private static int rank(Intent intent) {
        return List.of(Intent.DELIVER, Intent.PROMOTE, Intent.IMAGE, Intent.CHECK, Intent.NOTHING)
                .indexOf(intent);
    }
}
