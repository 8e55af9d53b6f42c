package io.imaas.jenkins.plan;

import hudson.model.Run;
import io.imaas.app.Imaas;
import io.imaas.app.IntendedPlan;
import io.imaas.app.Ownership;
import io.imaas.app.RequestReader;
import io.imaas.jenkins.job.JobOfHand;
import io.imaas.jenkins.source.Actor;
import io.imaas.jenkins.source.BuildIdentity;
import io.imaas.jenkins.source.BuildSource;
import io.imaas.jenkins.source.ImaasPermissions;
import io.imaas.jenkins.world.PlatformWorld;
import io.imaas.model.failure.FailureException;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.PlanRequest.ApproveRequest;
import io.imaas.model.request.PlanRequest.DeliverRequest;
import io.imaas.model.request.PlanRequest.ReviewRequest;
import io.imaas.model.request.SourceChange;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.SourceHead;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.Plan;
import io.imaas.plan.delivery.Intent;
import io.imaas.port.GitRepository;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.displayurlapi.DisplayURLProvider;

/** The plans of one build: what its repository, branch and wishes ask for, as the engine decides it. */
public final class BuildPlans {
    private final Run<?, ?> run;
    private final BuildIdentity identity;
    private final Actor actor;
    private final Wishes wishes;
    private final Optional<CommitId> applied;

    /** @param applied the commit of the platform repository that a build before has applied */
    public BuildPlans(Run<?, ?> run, Wishes wishes, Optional<CommitId> applied) {
        this.run = run;
        this.applied = applied;
        this.identity = BuildIdentity.of(run);
        this.actor = Actor.of(run);
        this.wishes = wishes;
    }

    /** All plans that the build has to make; more than one only where several tenants are onboarded. */
    public List<IntendedPlan> make() {
        return switch (wishes.text("intent")) {
            case "", "review", "onboard" -> ofSource();
            default -> List.of(byHand());
        };
    }

    private List<IntendedPlan> ofSource() {
        Ownership owner = identity.ownership();
        BuildSource source = identity.source().orElseThrow();
        String intent =
                owner instanceof Ownership.Metadata ? "onboard" : owner instanceof Ownership.GitOps ? "review" : "";
        if (!wishes.text("intent").isEmpty() && !wishes.text("intent").equals(intent)) {
            throw FailureException.input(
                    "this repository is not there to " + wishes.text("intent"),
                    source.repository().value(),
                    owner instanceof Ownership.Sources ? "call imaasPipeline()" : "call the step that fits it");
        }
        if (owner instanceof Ownership.Sources sources) {
            identity.requireTenant(wishes.text("tenant"));
            return List.of(sources(sources.tenant(), source));
        }
        wishes.forSources();
        if (owner instanceof Ownership.Metadata && !actor.may(ImaasPermissions.ONBOARD, run)) {
            throw refused("onboard tenants by hand", "IMaaS/Onboard");
        }
        return owner instanceof Ownership.GitOps gitops
                ? List.of(review(gitops.tenant(), source))
                : new OnboardingOfBuild(source, actor.asRequester(), build(), applied).plans();
    }

    private IntendedPlan sources(Tenant tenant, BuildSource source) {
        Imaas imaas = PlatformWorld.get().engine(tenant).imaas();
        CommitId commit = commit(source, imaas.ports().git(source.repository()));
        SourceChange change = new SourceChange(source.repository(), commit, source.head(), build());
        return imaas.plan(tenant, new DeliverRequest(change, wishes.forSources()), actor.asRequester());
    }

    private IntendedPlan review(Tenant tenant, BuildSource source) {
        Optional<EnvironmentName> environment = environment(tenant, source.head());
        if (environment.isEmpty()) {
            String sentence = "only what is on an environment's branch is reviewed and followed";
            Plan nothing = new Plan("Nothing to do for " + tenant.name(), null, List.of(), List.of(), List.of());
            return new IntendedPlan(Intent.NOTHING, tenant, nothing, List.of(), sentence);
        }
        Imaas imaas = imaas(tenant);
        CommitId head = commit(source, imaas.ports().gitops(tenant));
        return imaas.plan(tenant, new ReviewRequest(environment.get(), null, head, null), actor.asRequester());
    }

    private static Optional<EnvironmentName> environment(Tenant tenant, SourceHead head) {
        return tenant.environments().stream()
                .map(io.imaas.model.tenancy.Environment::name)
                .filter(name -> head instanceof SourceHead.Branch branch
                        && branch.name().value().equals(name.value()))
                .findFirst();
    }

    private static CommitId commit(BuildSource source, GitRepository repository) {
        return source.commit().orElseGet(() -> tip(source, repository));
    }

    private static CommitId tip(BuildSource source, GitRepository repository) {
        SourceHead head = source.head();
        if (head instanceof SourceHead.Branch branch) {
            return repository
                    .head(branch.name())
                    .orElseThrow(() -> FailureException.input(
                            "there is no branch '" + branch.name() + "'",
                            source.repository().value(),
                            "push it first"));
        }
        throw FailureException.input(
                "Jenkins did not say which commit it builds",
                source.repository().value(),
                "use a branch source that does, such as Git or GitHub");
    }

    private IntendedPlan byHand() {
        // A misspelt name is told as such, and not as one that is missing.
        wishes.forSources();
        PlanRequest request = RequestReader.read(wishes.texts(), run.getParent().getFullName());
        requirePerson();
        if (request instanceof ApproveRequest word) {
            requireNoOther(word.as());
        }
        Tenant tenant = ownTenant();
        return imaas(tenant).plan(tenant, request, actor.asRequester());
    }

    private Tenant ownTenant() {
        identity.requireOwnCode();
        identity.requireTenant(wishes.text("tenant"));
        return identity.tenant();
    }

    /**
     * What is done by hand needs a person, and a script that this person can trust: a Jenkinsfile of a branch is whatever
     * its last author wrote, and would act with the rights of whoever happens to press "Build Now".
     */
    private void requirePerson() {
        boolean forced = !wishes.text("override").isEmpty() || wishes.yes("assumeHealthy");
        if (identity.source().isPresent()) {
            throw FailureException.policy(
                    "a Jenkinsfile of a repository can't promote, approve, roll back or resume by hand",
                    run.getParent().getFullName(),
                    "use the job '" + JobOfHand.TITLE + "' in the tenant's folder, or the page 'Integration platform'");
        }
        if (!actor.person() || !actor.may(ImaasPermissions.PROMOTE, run)) {
            throw refused("promote and roll back by hand", "IMaaS/Promote");
        }
        if (forced && !actor.may(ImaasPermissions.OVERRIDE, run)) {
            throw refused("open gates by force", "IMaaS/Override");
        }
    }

    /** Whom nobody logged in as has no team: the application can check a login's alone. */
    private void requireNoOther(String approver) {
        io.imaas.model.identity.Actor requester = actor.asRequester();
        if (!approver.isEmpty() && !requester.isPerson() && !requester.is(approver)) {
            throw FailureException.policy(requester + " is not " + approver, "as", "log in to Jenkins, and ask again");
        }
    }

    private FailureException refused(String what, String permission) {
        return FailureException.policy(
                actor.name() + " may not " + what,
                run.getParent().getFullName(),
                "somebody with the permission " + permission + " has to start the build");
    }

    private Imaas imaas(Tenant tenant) {
        return PlatformWorld.get()
                .engine(tenant)
                .imaas()
                .waiting(wishes.forSources().timeout());
    }

    /** The build's page, for the audit log. */
    private String build() {
        return DisplayURLProvider.get().getRunURL(run);
    }
}
