package io.imaas.app;

import io.imaas.app.ServiceDelivery.Part;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Actor;
import io.imaas.model.request.BuildOptions;
import io.imaas.model.request.PlanRequest.DeliverRequest;
import io.imaas.model.request.Request;
import io.imaas.model.request.SourceChange;
import io.imaas.model.source.SourceHead;
import io.imaas.model.tenancy.Platform.NoTests;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.ServiceSettings;
import io.imaas.plan.Plan;
import io.imaas.plan.SideBySide;
import io.imaas.plan.delivery.BuildRules;
import io.imaas.plan.delivery.Intent;
import io.imaas.plan.delivery.SourceLayout;
import io.imaas.plan.delivery.SourceLayout.Placed;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.step.StepGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a change of a service's repository is for, and the plan for all services of that repository together. */
final class Deliver {
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
                ? Optional.of(new OfferedPreview.Offers(world, pull, change.commit()))
                : Optional.empty();
        ServiceDelivery delivery = new ServiceDelivery(world, sources, change, actor, rules, settings);
        List<Part> parts = new ArrayList<>();
        List<StepGroup> groups = new ArrayList<>();
        for (List<Placed> sideBySide : layout.groups()) {
            List<Part> own = sideBySide.stream()
                    .map(placed -> delivery.plan(placed, offers.map(each -> each.to(placed.service()))))
                    .toList();
            parts.addAll(own);
            groups.addAll(SideBySide.zip(own.stream()
                    .map(part -> names.size() == 1
                            ? part.plan()
                            : SideBySide.prefixed(
                                    part.plan(), part.placed().service().name().value()))
                    .toList()));
        }
        Request request = delivery.request(names.size() == 1 ? names.get(0) : null, null);
        Plan plan = whole(request, parts, groups, layout, settings);
        return new IntendedPlan(intent(parts), world.tenant(), plan, names, sentence(parts));
    }

    private Plan whole(
            Request request, List<Part> parts, List<StepGroup> groups, SourceLayout layout, ServiceSettings settings) {
        List<String> notes = new ArrayList<>(layout.notes());
        if (testsGate() && !settings.tests().servers().isEmpty()) {
            notes.add(
                    "'tests.servers' of imaas.yaml has no effect: the platform insists on tests, so its own servers run them");
        }
        notes.addAll(notes(intent(parts)));
        if (change.head() instanceof SourceHead.Branch && intent(parts) == Intent.CHECK) {
            notes.add(sentence(parts));
        }
        parts.forEach(part -> notes.addAll(part.plan().notes()));
        parts.stream()
                .flatMap(part -> part.offer().stream())
                .filter(offer -> offer.preview() == null)
                .forEach(offer -> notes.add("no preview of " + offer.service().name() + ": " + offer.refusal()));
        List<GateAnswer> gates =
                parts.stream().flatMap(part -> part.plan().gates().stream()).toList();
        Plan plan = new Plan(
                parts.stream().map(part -> part.plan().title()).distinct().collect(Collectors.joining(", ")),
                request,
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

    private static String sentence(List<Part> parts) {
        return parts.stream().map(part -> part.aim().sentence()).distinct().collect(Collectors.joining("; "));
    }

    /** Then the word of a server counts that the platform named, and of none that the tenant chose. */
    private boolean testsGate() {
        return world.platform().noTests() == NoTests.FAIL;
    }

    private boolean isFork() {
        return change.head() instanceof SourceHead.PullRequest pull && pull.fork();
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
