package io.imaas.app;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Actor;
import io.imaas.model.request.BuildOptions;
import io.imaas.model.request.DeliverRequest;
import io.imaas.model.request.PromoteRequest;
import io.imaas.model.request.Request;
import io.imaas.model.request.Request.Trigger;
import io.imaas.model.request.SourceChange;
import io.imaas.model.rollout.Migration;
import io.imaas.model.source.SourceHead;
import io.imaas.model.source.TreeHash;
import io.imaas.model.tenancy.Platform.NoTests;
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
import io.imaas.plan.delivery.PreviewPlanner;
import io.imaas.plan.delivery.SourceLayout;
import io.imaas.plan.delivery.SourceLayout.Placed;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.snapshot.SourceState;
import io.imaas.plan.step.NotNeeded;
import io.imaas.plan.step.StepGroup;
import io.imaas.step.observe.SourceObserver;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a change of a service's repository is for, and the plan for all services of that repository together. */
final class Deliver {
    private static final Set<Intent> BUILDING = Set.of(Intent.DELIVER, Intent.IMAGE, Intent.CHECK);

    private final TenantWorld world;
    private final SourceRepository sources;
    private final SourceChange change;
    private final BuildOptions options;
    private final Actor actor;

    Deliver(TenantWorld world, DeliverRequest wanted, Actor actor) {
        this.world = world;
        this.change = wanted.change();
        this.options = wanted.options();
        this.actor = actor;
        this.sources = new SourceRepository(change.repository(), world.ports().git(change.repository()));
    }

    /**
     * @throws FailureException POLICY when the repository is another tenant's; INPUT when it is nobody's, or its {@code
     *     imaas.yaml} is no good; CONFLICT when the branch no longer holds the commit
     */
    IntendedPlan plan() {
        List<Service> services = services();
        ServiceSettings settings = sources.settings(change);
        SourceLayout all = SourceLayout.of(world.tenant(), services, settings);
        SourceLayout layout = options.service() == null ? all : all.only(options.service());
        BuildRules rules = rules(settings);
        List<ServiceName> names = layout.services().stream().map(Service::name).toList();
        Optional<OfferedPreview.Offers> offers = change.head() instanceof SourceHead.PullRequest pull
                        && world.tenant().previews().isOn()
                ? Optional.of(new OfferedPreview.Offers(world, pull))
                : Optional.empty();
        List<Part> parts = new ArrayList<>();
        List<StepGroup> groups = new ArrayList<>();
        for (List<Placed> sideBySide : layout.groups()) {
            List<Part> own = sideBySide.stream()
                    .map(placed -> part(placed, rules, settings, offers.map(each -> each.to(placed.service()))))
                    .toList();
            parts.addAll(own);
            groups.addAll(SideBySide.zip(own.stream()
                    .map(part -> names.size() == 1
                            ? part.plan()
                            : SideBySide.prefixed(
                                    part.plan(), part.placed().service().name().value()))
                    .toList()));
        }
        Plan plan = whole(parts, groups, layout, names, settings);
        String summary =
                parts.stream().map(part -> part.aim().sentence()).distinct().collect(Collectors.joining("; "));
        return new IntendedPlan(intent(parts), world.tenant(), plan, names, summary);
    }

    /** @param offer what becomes of its preview; empty where there are none */
    private record Part(Placed placed, Aim aim, Plan plan, Optional<OfferedPreview> offer) {
        Part offered(Optional<OfferedPreview> none) {
            return new Part(placed, aim, plan, none);
        }
    }

    private Plan whole(
            List<Part> parts,
            List<StepGroup> groups,
            SourceLayout layout,
            List<ServiceName> names,
            ServiceSettings settings) {
        List<String> notes = new ArrayList<>(layout.notes());
        if (testsGate() && !settings.tests().servers().isEmpty()) {
            notes.add(
                    "'tests.servers' of imaas.yaml has no effect: the platform insists on tests, so its own servers run them");
        }
        notes.addAll(notes(intent(parts)));
        parts.forEach(part -> notes.addAll(part.plan().notes()));
        parts.stream()
                .flatMap(part -> part.offer().stream())
                .filter(offer -> offer.preview() == null)
                .forEach(offer -> notes.add("no preview of " + offer.service().name() + ": " + offer.refusal()));
        List<GateAnswer> gates =
                parts.stream().flatMap(part -> part.plan().gates().stream()).toList();
        Plan plan = new Plan(
                parts.stream().map(part -> part.plan().title()).distinct().collect(Collectors.joining(", ")),
                request(names.size() == 1 ? names.get(0) : null, null),
                gates,
                groups,
                notes,
                parts.stream().flatMap(part -> part.plan().changes().stream()).toList());
        return change.head() instanceof SourceHead.PullRequest pull
                ? new PullRequestReports(world, sources, actor)
                        .added(
                                plan,
                                change,
                                pull,
                                layout,
                                parts.stream()
                                        .flatMap(part -> part.offer().stream())
                                        .toList())
                : plan;
    }

    private List<Service> services() {
        Ownership owner = new Tenancy(world.catalog(), Optional.empty()).of(change.repository());
        if (owner instanceof Ownership.Sources own
                && own.tenant().name().equals(world.tenant().name())) {
            return own.services();
        }
        throw FailureException.policy(
                "this repository does not hold sources of tenant "
                        + world.tenant().name(),
                change.repository().value(),
                "build it in a job of the tenant that has it");
    }

    private BuildRules rules(ServiceSettings settings) {
        if (!settings.image().dockerfile().isEmpty()) {
            throw FailureException.input(
                    "images are built without a Docker daemon, so 'dockerfile' has no effect",
                    "imaas.yaml",
                    "remove 'image.dockerfile'; 'image.base' names the base image");
        }
        BuildRules rules = BuildRules.of(world.platform(), settings);
        rules = options.builder().isEmpty() ? rules : rules.builtBy(options.builder());
        rules = options.testServers().isEmpty() ? rules : rules.testedOn(options.testServers());
        rules = testsGate() ? rules.testedOn(List.of()) : rules;
        return isFork() ? rules.distrusting() : rules;
    }

    /** Then the word of a server counts that the platform named, and of none that the tenant chose. */
    private boolean testsGate() {
        return world.platform().noTests() == NoTests.FAIL;
    }

    private boolean isFork() {
        return change.head() instanceof SourceHead.PullRequest pull && pull.fork();
    }

    private Part part(Placed placed, BuildRules rules, ServiceSettings settings, Optional<OfferedPreview> offer) {
        return offer.filter(given -> given.preview() != null)
                .map(given -> previewed(placed, rules, given))
                .orElseGet(() -> part(placed, rules, settings).offered(offer));
    }

    /** Built as a service of its own: its images are no service's that stays. What nobody reviewed migrates no database. */
    private Part previewed(Placed placed, BuildRules rules, OfferedPreview offer) {
        Tenant space = world.tenant().previewSpace();
        Placed own = new Placed(space.requiredService(offer.preview().name()), placed.path());
        Aim aim = Aim.ofPreview(offer.preview());
        Request request = request(own.service().name(), aim);
        Plan delivery = new DeliveryPlanner(world.catalog(), rules, world.rollout())
                .plan(
                        request,
                        space,
                        own.service(),
                        state(own, rules),
                        change.build(),
                        null,
                        world.ports().clock().now());
        Plan plan = new PreviewPlanner(space.name(), request)
                .delivered(delivery, own.service().name(), offer.values(), offer.head());
        return new Part(placed, aim, plan, Optional.of(offer));
    }

    private Part part(Placed placed, BuildRules rules, ServiceSettings settings) {
        Service service = placed.service();
        Aim aim = Aim.of(world.tenant(), service, change.head());
        Request request = request(service.name(), aim);
        DeliveryPlanner planner = new DeliveryPlanner(world.catalog(), rules, world.rollout());
        SourceMigration migrations = new SourceMigration(world, sources.repository(), settings.migration());
        Migration migration = BUILDING.contains(aim.intent()) ? migrations.at(change.commit()) : null;
        Plan plan =
                switch (aim.intent()) {
                    case DELIVER ->
                        planner.plan(
                                request,
                                world.tenant(),
                                service,
                                state(placed, rules).with(migration),
                                change.build(),
                                migrations.there(service, aim),
                                world.ports().clock().now());
                    case IMAGE -> planner.image(request, world.tenant(), service, state(placed, rules), change.build());
                    case CHECK -> planner.check(request, service, placed.path());
                    case PROMOTE -> promotion(placed, aim);
                    default -> nothing(request, service, aim);
                };
        return new Part(placed, aim, plan, Optional.empty());
    }

    private SourceState state(Placed placed, BuildRules rules) {
        return new SourceObserver(sources.repository(), world.ports().registry(), world.records())
                .observe(
                        placed.service(),
                        change.commit(),
                        placed.path(),
                        world.catalog().imagesOf(world.tenant(), placed.service()),
                        change.head(),
                        rules);
    }

    private Plan promotion(Placed placed, Aim aim) {
        TreeHash tree = sources.tree(change.commit(), placed.path());
        PromoteRequest wanted =
                new PromoteRequest(List.of(placed.service().name()), aim.from(), aim.to(), tree, "", false, "");
        return new Promote(world).plan(wanted, asker(aim), Trigger.MERGE).plan();
    }

    /** A merge is asked for by whoever made it, and a machine only saw it. Git tells a name, and proves nobody's. */
    private Actor asker(Aim aim) {
        return actor.proof() == Actor.Proof.MACHINE
                        && world.known(aim.to()).approvals().requesterMayNot()
                ? Actor.unverified(sources.author(change.commit()))
                : actor;
    }

    private static Plan nothing(Request request, Service service, Aim aim) {
        return new Plan(
                "Nothing to do for " + service.name(),
                request,
                List.of(),
                List.of(StepGroup.of(new NotNeeded("nothing", service.name().value(), aim.sentence()))),
                List.of());
    }

    private List<String> notes(Intent intent) {
        boolean moves = intent == Intent.DELIVER || intent == Intent.PROMOTE;
        if (moves
                && change.head() instanceof SourceHead.Branch branch
                && sources.overtaken(branch.name(), change.commit())) {
            return List.of("branch " + branch.name() + " has moved on since commit "
                    + change.commit().abbreviated());
        }
        return isFork()
                ? List.of(
                        "the pull request comes from a fork: the target branch's imaas.yaml counts, and only the native"
                                + " builder reads the sources")
                : List.of();
    }

    private Request request(ServiceName service, Aim aim) {
        Trigger trigger = change.head() instanceof SourceHead.PullRequest
                ? Trigger.PULL_REQUEST
                : aim != null && aim.intent() == Intent.PROMOTE ? Trigger.MERGE : Trigger.PUSH;
        return new Request(world.tenant().name(), service, trigger, aim == null ? null : aim.to(), actor.name());
    }

    /** Of several services, the one that changes most of the world gives its name to the whole. */
    private static Intent intent(List<Part> parts) {
        List<Intent> order =
                List.of(Intent.DELIVER, Intent.PROMOTE, Intent.PREVIEW, Intent.IMAGE, Intent.CHECK, Intent.NOTHING);
        return parts.stream()
                .map(part -> part.aim().intent())
                .min(Comparator.comparing(order::indexOf))
                .orElse(Intent.NOTHING);
    }
}
