package io.imaas.jenkins.run;

import io.imaas.app.IntendedPlan;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Place;
import io.imaas.model.failure.Problem;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.model.record.Statement;
import io.imaas.model.request.Request;
import io.imaas.model.rollout.BuildOrigin;
import io.imaas.model.rollout.Release;
import io.imaas.model.rollout.RolloutOutcome;
import io.imaas.model.rollout.RolloutStatus;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.BranchProtection;
import io.imaas.model.source.CarFile;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.LintLevels;
import io.imaas.model.source.MiProject;
import io.imaas.model.source.MiProject.MiArtifact;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.source.TestReport;
import io.imaas.model.source.TreeHash;
import io.imaas.model.tenancy.ApiManagerPolicy;
import io.imaas.model.tenancy.ApprovalPolicy;
import io.imaas.model.tenancy.Delivery;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.Environment.DirectChangePolicy;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Offboarding;
import io.imaas.model.tenancy.OnboardingPolicy.PullPolicy;
import io.imaas.model.tenancy.OnboardingPolicy.RegistryPolicy;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.Previews;
import io.imaas.model.tenancy.Quota;
import io.imaas.model.tenancy.Reach;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Service.Route;
import io.imaas.model.tenancy.Service.ServiceType;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Stop;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.model.tenancy.Windows;
import io.imaas.model.tenancy.Windows.Freeze;
import io.imaas.plan.Plan;
import io.imaas.plan.delivery.Intent;
import io.imaas.plan.gate.Answer;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.step.AttestImage;
import io.imaas.plan.step.AwaitRemoval;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.plan.step.Basis;
import io.imaas.plan.step.BuildArtifact;
import io.imaas.plan.step.CallGate;
import io.imaas.plan.step.CheckOffboarding;
import io.imaas.plan.step.CommitFiles;
import io.imaas.plan.step.CommitRelease;
import io.imaas.plan.step.EnsureApplication;
import io.imaas.plan.step.EnsureGitOps;
import io.imaas.plan.step.EnsureJobs;
import io.imaas.plan.step.EnsureManifests;
import io.imaas.plan.step.EnsureProtection;
import io.imaas.plan.step.EnsurePullSecret;
import io.imaas.plan.step.EnsureRegistrySpace;
import io.imaas.plan.step.EnsureRepository;
import io.imaas.plan.step.KeepRecords;
import io.imaas.plan.step.ListApis;
import io.imaas.plan.step.NotNeeded;
import io.imaas.plan.step.OpenPullRequest;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.PromoteRelease;
import io.imaas.plan.step.PublishImage;
import io.imaas.plan.step.RemoveApplication;
import io.imaas.plan.step.RemoveJobs;
import io.imaas.plan.step.RemoveProject;
import io.imaas.plan.step.RemoveSpace;
import io.imaas.plan.step.ReportToPullRequest;
import io.imaas.plan.step.RunUnitTests;
import io.imaas.plan.step.StepGroup;
import io.imaas.plan.step.UnlistApis;
import io.imaas.plan.step.VerifyArtifact;
import io.imaas.run.Event;
import io.imaas.run.Outcome;
import io.imaas.run.RunResult;
import io.imaas.run.StepOutput;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plans with every kind of step, and events with every kind of outcome: what a build may have kept. */
final class EveryStep {
    private static final Instant AT = Instant.parse("2026-03-01T08:00:00.25Z");
    private static final ServiceName API = new ServiceName("order-api");
    private static final TenantName ORDERS = new TenantName("orders");
    private static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final CommitId COMMIT = new CommitId("0123456789012345678901234567890123456789");
    private static final TreeHash TREE = new TreeHash("89abcdef0123456789abcdef0123456789abcdef");
    private static final ImageRepository SPACE = new ImageRepository("registry.acme.example", "orders/order-api");
    private static final ImageRef IMAGE = new ImageRef(SPACE, new Digest("sha256:" + "0a".repeat(32)));
    private static final RepositoryUrl URL = new RepositoryUrl("https://github.com/acme/order-api.git");
    private static final Release RELEASE = new Release(API, "1.0.2", COMMIT, TREE, IMAGE);
    private static final Service SERVICE = new Service(
            API,
            URL,
            ServiceType.GATEWAY,
            List.of(DEV),
            Stop.NONE,
            Offboarding.NONE,
            List.of(),
            List.of(),
            List.of(),
            "");
    private static final Failure FAILURE = new Failure(
            FailureKind.EXTERNAL, "it said 503", new Place.Named("registry"), "try again", Duration.ofSeconds(90));

    private EveryStep() {}

    /** The kinds of steps that {@link #plan} has none of. */
    static IntendedPlan later() {
        RemoveApplication application = new RemoveApplication("no-app", ORDERS, API, DEV);
        RemoveSpace space = new RemoveSpace("no-space", ORDERS, DEV);
        ApiManagerPolicy manager = new ApiManagerPolicy("https://apim.example.org", "APIM", List.of(DEV));
        List<StepGroup> groups = List.of(
                StepGroup.of(new CheckOffboarding("check-offboarding", ORDERS)),
                StepGroup.of(new AttestImage(
                        "provenance",
                        new BuildOrigin(ORDERS, API, "url", COMMIT, "refs/heads/dev", "", "", "auto", "key", "build 7"),
                        "image",
                        "test")),
                StepGroup.of(new PromoteRelease(
                        "promote", ORDERS, API, DEV, new EnvironmentName("test"), "release", null, "@dora")),
                StepGroup.of(new EnsureRepository("repository", ORDERS, URL, List.of(DEV))),
                StepGroup.of(new EnsureProtection(
                        "protection", URL, List.of(BranchProtection.orchestratorAlone("rendered/*")), "")),
                StepGroup.of(new EnsurePullSecret(
                        "pull",
                        DEV,
                        "orders-dev",
                        OwnLabels.of(tenant(), DEV),
                        SPACE,
                        RegistryPolicy.USUAL,
                        new PullPolicy("imaas-pull", "PULL", 90),
                        "acme/orders")),
                StepGroup.of(application),
                StepGroup.of(space),
                StepGroup.of(new RemoveProject("no-project", ORDERS, List.of(DEV))),
                StepGroup.of(new RemoveJobs("no-jobs", ORDERS, null)),
                StepGroup.of(new ListApis(
                        "apis",
                        new AwaitRollout("rollout", ORDERS, API, DEV, "release", null, Duration.ofMinutes(10)),
                        manager,
                        "acme.orders.dev.order-api.",
                        "http://order-api.orders-dev.svc:8290",
                        new Route(DEV, List.of("api.example.org"), "/"))),
                StepGroup.of(new UnlistApis("no-apis", DEV, manager, "acme.orders.dev.")),
                StepGroup.of(new AwaitRemoval("wait", "Wait", ORDERS, List.of(application), List.of(space))));
        Plan plan = new Plan("Offboard orders", null, List.of(), groups, List.of());
        return new IntendedPlan(Intent.ONBOARD, tenant(), plan, List.of(), "it goes");
    }

    /** The kinds of steps of the first version, whose files are kept. */
    static IntendedPlan plan() {
        List<GateAnswer> gates = List.of(
                GateAnswer.of("order", "order-api -> test", List.of(), Answer.open("healthy in dev")),
                GateAnswer.of("freeze", "order-api -> test", List.of(), Answer.closed("frozen", "wait"))
                        .passed(GateAnswer.State.FORCED));
        Request request = new Request(ORDERS, API, DEV, "@dora");
        List<StepGroup> groups = new ArrayList<>(List.of(new StepGroup("Side by side", steps().subList(0, 2))));
        steps().stream().skip(2).map(StepGroup::of).forEach(groups::add);
        Plan plan = new Plan("Deliver order-api", request, gates, groups, List.of("api: + image: 1", "ümläut \u2028"));
        return new IntendedPlan(Intent.DELIVER, tenant(), plan, List.of(API), "built, released and followed");
    }

    static Tenant tenant() {
        Environment dev = new Environment(
                DEV,
                ApprovalPolicy.oneOf(List.of("@acme/leads")),
                2,
                List.of(new Freeze(LocalDate.of(2026, 12, 20), LocalDate.of(2027, 1, 3), "year end")),
                Duration.ofHours(4),
                true,
                false,
                DirectChangePolicy.FLAG,
                false,
                Offboarding.NONE,
                Windows.ALWAYS,
                false);
        return new Tenant(
                "",
                ORDERS,
                "Order management",
                List.of("@acme/leads"),
                "orders@acme.example",
                new RepositoryUrl("https://github.com/acme/orders-gitops.git"),
                List.of(dev),
                new Quota("8", "16Gi", 40),
                List.of(new TenantName("payments")),
                List.of(SERVICE),
                new Stop("incident 7", "@dora"),
                Offboarding.NONE,
                Delivery.HELM,
                Reach.NONE,
                List.of(),
                Previews.NONE);
    }

    private static List<PlannedStep> steps() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("services/order-api/release.yaml", "image:\n  digest: x\n");
        files.put("removed.yaml", null);
        Duration minutes = Duration.ofMinutes(10);
        List<InetSocketAddress> servers = List.of(InetSocketAddress.createUnresolved("::1", 9008));
        return List.of(
                new BuildArtifact("build", API, "", "auto", true),
                new NotNeeded("skip", "Nothing", "known already"),
                new VerifyArtifact("check", API, "build", new LintLevels(Map.of("no-name", LintLevels.Level.OFF))),
                new RunUnitTests("test", API, "build", Platform.NoTests.WARN, servers, minutes),
                new PublishImage(
                        "image",
                        ORDERS,
                        API,
                        SPACE,
                        "",
                        Map.of("a", "b"),
                        COMMIT,
                        TREE,
                        "url",
                        "key",
                        "build",
                        "test",
                        null),
                new CommitRelease("release", ORDERS, API, DEV, RELEASE, "", "@dora", "https://ci/1", null),
                new CommitFiles(
                        "files",
                        "Promote",
                        new BranchName("test"),
                        files,
                        List.of("absent"),
                        "Promote order-api",
                        Map.of("Imaas-Actor", "@dora"),
                        "",
                        COMMIT,
                        List.of(),
                        Map.of(),
                        "",
                        Basis.NOTHING),
                new KeepRecords(
                        "approve",
                        "Approve",
                        Map.of(
                                "approvals/prod/x/dora.json",
                                new Statement("urn:x", "orders", "a".repeat(64), Map.of("by", "@dora"))),
                        "Approve order-api",
                        Map.of("Imaas-Actor", "@dora")),
                new CallGate(
                        "close-ticket-order-api",
                        "Close the ticket",
                        "ticket",
                        Map.of("service", "order-api"),
                        Map.of(
                                "approvals/prod/x/_gate-ticket.json",
                                new Statement("urn:x", "orders", "a".repeat(64), Map.of("by", "@dora"))),
                        "rollout"),
                new OpenPullRequest("pull", new BranchName("imaas/x"), DEV, "Promote", "body", false),
                new ReportToPullRequest(
                        "report",
                        URL,
                        7,
                        COMMIT,
                        "marker",
                        "Headline",
                        "*preview*",
                        Map.of("build", "Build"),
                        "b",
                        "",
                        Map.of(),
                        List.of()),
                new AwaitRollout("rollout", ORDERS, API, DEV, "release", null, minutes),
                new EnsureGitOps("gitops", ORDERS, List.of(DEV), null, Map.of("README.md", "# hello\n"), Map.of()),
                new EnsureManifests(
                        "space",
                        DEV,
                        List.of(new ClusterObject(
                                "v1",
                                "Namespace",
                                "",
                                "orders-dev",
                                OwnLabels.of(tenant(), DEV),
                                Map.of("kind", "x")))),
                new EnsureApplication("app", ORDERS, API, DEV),
                new EnsureRegistrySpace("registry", SPACE, RegistryPolicy.USUAL, "acme/orders"),
                new EnsureJobs("jobs", ORDERS, List.of(API)));
    }

    static List<Event> events() {
        Plan plan = plan().plan();
        List<PlannedStep> steps = plan.steps().toList();
        PlannedStep first = steps.get(0);
        List<Event> events = new ArrayList<>(List.of(
                new Event.RunStarted(AT, plan),
                new Event.GroupStarted(AT, "Side by side"),
                new Event.StepStarted(AT, first),
                new Event.StepLogged(AT, first, "a line"),
                new Event.StepWaiting(AT, first, "for pods"),
                new Event.StepRetried(AT, first, 2, FAILURE, Duration.ofMillis(1500))));
        outcomes().forEach(outcome -> events.add(new Event.StepEnded(AT, first, outcome, Duration.ofSeconds(3))));
        events.add(new Event.RunEnded(AT, plan, new RunResult(RunResult.Status.FAILED, List.of(FAILURE), Map.of())));
        return events;
    }

    private static List<Outcome> outcomes() {
        Problem problem = Problem.warning("rule", new Location("src/a.xml", 3, 0), "odd", "fix it");
        MiProject project = new MiProject(
                "/w",
                MiProject.Layout.VS_CODE,
                "org.acme",
                "order-api",
                "1.0.2",
                "4.4.0",
                List.of(new MiArtifact("Api", "1.0.0", "synapse/api", "src/api.xml")),
                List.of("c"),
                List.of(),
                List.of(),
                List.of("suite.xml"),
                List.of());
        CarFile car = new CarFile("/w/a.car", "a", "1.0.2", "0a".repeat(32), "native");
        TestReport.Case failed = new TestReport.Case("case", TestReport.Verdict.FAILED, "no", "1", "2");
        TestReport.Suite suite = new TestReport.Suite(
                "suite.xml",
                List.of(failed),
                List.of(new TestReport.Coverage("API", "Api", 66.7, List.of())),
                120,
                "",
                List.of());
        RolloutOutcome outcome = new RolloutOutcome(RolloutOutcome.Verdict.LIVE, COMMIT, List.of("all good"), AT);
        RolloutStatus.InProgress standing =
                new RolloutStatus.InProgress("sync", "pods", AT, List.of("pod a"), 1, 2, Duration.ofMinutes(2));
        return List.of(
                Outcome.skipped("known"),
                new Outcome.Waiting("for pods", Duration.ofMillis(500), standing),
                new Outcome.Waiting("for a turn", Duration.ofMillis(500)),
                new Outcome.Failed(FAILURE, List.of(problem)),
                new Outcome.Succeeded(
                        new StepOutput.ArtifactBuilt(project, car),
                        List.of(Effect.created("car", "a.car", "")),
                        List.of(problem)),
                Outcome.done(new StepOutput.TestsReported(new TestReport(List.of(suite)), "none"), List.of()),
                Outcome.done(new StepOutput.ImagePublished(RELEASE, 1L << 33, null, null), List.of()),
                Outcome.done(new StepOutput.ChangeLanded(COMMIT, null), List.of()),
                Outcome.done(new StepOutput.BranchesLanded(Map.of(DEV.branch(), COMMIT)), List.of()),
                Outcome.done(new StepOutput.RolledOut(outcome), List.of()));
    }
}
