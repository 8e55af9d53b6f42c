package io.imaas.app;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Actor;
import io.imaas.model.request.PlanRequest.PromoteRequest;
import io.imaas.model.request.Request;
import io.imaas.model.request.SourceChange;
import io.imaas.model.rollout.Migration;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.TreeHash;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.ServiceSettings;
import io.imaas.model.tenancy.ServiceSettings.MigrationSettings;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.Plan;
import io.imaas.plan.delivery.Aim;
import io.imaas.plan.delivery.BuildRules;
import io.imaas.plan.delivery.DeliveryPlanner;
import io.imaas.plan.delivery.Intent;
import io.imaas.plan.delivery.PreviewPlanner;
import io.imaas.plan.delivery.SourceLayout.Placed;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.plan.snapshot.SourceState;
import io.imaas.plan.step.NotNeeded;
import io.imaas.plan.step.StepGroup;
import io.imaas.port.GitRepository;
import io.imaas.step.observe.MigrationObserver;
import io.imaas.step.observe.SourceObserver;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The plan for one service of a repository that changed: what its own build, image, release or promotion takes. */
record ServiceDelivery(
        TenantWorld world,
        SourceRepository sources,
        SourceChange change,
        Actor actor,
        BuildRules rules,
        ServiceSettings settings) {
    private static final Set<Intent> BUILDING = Set.of(Intent.DELIVER, Intent.IMAGE, Intent.CHECK);

    /** @param offer what becomes of its preview; empty where there are none */
    record Part(Placed placed, Aim aim, Plan plan, Optional<OfferedPreview> offer) {}

    Part plan(Placed placed, Optional<OfferedPreview> offer) {
        return offer.filter(given -> given.preview() != null)
                .map(given -> previewed(placed, given))
                .orElseGet(() -> own(placed, offer));
    }

    /** Built as a service of its own: its images belong to no service that stays. What nobody reviewed migrates no database. */
    private Part previewed(Placed placed, OfferedPreview offer) {
        Tenant space = world.tenant().previewSpace();
        Placed own = new Placed(space.requiredService(offer.preview().name()), placed.path());
        Aim aim = Aim.ofPreview(offer.preview());
        Request request = request(own.service().name(), aim);
        Plan delivery = new DeliveryPlanner(world.catalog(), rules, world.rollout())
                .plan(
                        request,
                        space,
                        own.service(),
                        state(own),
                        change.build(),
                        null,
                        world.ports().clock().now());
        Plan plan = new PreviewPlanner(space.name(), request)
                .delivered(delivery, own.service().name(), offer.values(), offer.head());
        return new Part(placed, aim, plan, Optional.of(offer));
    }

    private Part own(Placed placed, Optional<OfferedPreview> offer) {
        Aim aim = Aim.of(world.tenant(), placed.service(), change.head());
        return new Part(placed, aim, plan(placed, aim), offer);
    }

    private Plan plan(Placed placed, Aim aim) {
        Service service = placed.service();
        Request request = request(service.name(), aim);
        DeliveryPlanner planner = new DeliveryPlanner(world.catalog(), rules, world.rollout());
        SourceMigration migrations = new SourceMigration(world, sources.repository(), settings.migration());
        Migration migration = BUILDING.contains(aim.intent()) ? migrations.at(change.commit(), service) : null;
        return switch (aim.intent()) {
            case DELIVER ->
                planner.plan(
                        request,
                        world.tenant(),
                        service,
                        state(placed).with(migration),
                        change.build(),
                        migrations.there(service, aim),
                        world.ports().clock().now());
            case IMAGE -> planner.image(request, world.tenant(), service, state(placed), change.build());
            case CHECK -> planner.check(request, service, placed.path());
            case PROMOTE -> promotion(placed, aim);
            default -> nothing(request, service, aim);
        };
    }

    private SourceState state(Placed placed) {
        return new SourceObserver(
                        sources.repository(),
                        world.ports().registry(),
                        world.records(),
                        new KnownWeaknesses(world)::scanned)
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
        return new Promote(world).plan(wanted, asker(aim)).plan();
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

    /** @param aim null: of all services together */
    Request request(ServiceName service, Aim aim) {
        return new Request(world.tenant().name(), service, aim == null ? null : aim.to(), actor.name());
    }

    /**
     * The migration of a service's database, as far as a delivery needs it.
     *
     * @param settings null where the service has none
     */
    private record SourceMigration(TenantWorld world, GitRepository sources, MigrationSettings settings) {
        /**
         * What the sources of a service hold; null for none.
         *
         * @throws FailureException INPUT with the script that is no good, or when the service's name leaves no room for that of
         *     a Job; POLICY when the platform does not let it run
         */
        Migration at(CommitId commit, Service service) {
            if (settings == null) {
                return null;
            }
            if (service.name().value().length() > Migration.LONGEST_SERVICE) {
                throw FailureException.input(
                        "the name of " + service.name() + " has "
                                + service.name().value().length()
                                + " characters: a service with a migration may have " + Migration.LONGEST_SERVICE
                                + ", so that its Job can be named after it",
                        "imaas.yaml",
                        "give it a shorter name in tenants/" + world.tenant().name() + ".yaml, or remove 'migration'");
            }
            if (!world.tenant().isRendered()) {
                throw FailureException.policy(
                        "a migration needs manifests that the orchestrator renders, and tenant "
                                + world.tenant().name() + " has 'delivery: helm'",
                        "imaas.yaml",
                        "ask an admin for 'delivery: rendered', or remove 'migration'");
            }
            return new MigrationObserver(sources, world.platform().manifests()).observe(commit, settings);
        }

        /** The service as it is where it is delivered to; null where it is not there, or has no migration. */
        ServiceState there(Service service, Aim aim) {
            if (settings == null) {
                return null;
            }
            EnvironmentName target = aim.to() == null ? service.environments().get(0) : aim.to();
            return world.observer()
                    .observe(List.of(target), List.of(service.name()))
                    .environment(target)
                    .service(service.name())
                    .orElse(null);
        }
    }
}
