package io.imaas.cli;

import io.imaas.app.Imaas;
import io.imaas.app.IntendedPlan;
import io.imaas.app.NamedImage;
import io.imaas.app.assembly.Assembly;
import io.imaas.model.event.TraceParent;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Actor;
import io.imaas.model.image.ImageRef;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.PlanRequest.PathRequest;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ImagePolicy;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.report.Json;
import io.imaas.report.NoticeBuilder;
import io.imaas.report.PlanText;
import io.imaas.report.ReportBuilder;
import io.imaas.report.RunJson;
import io.imaas.report.Terminal;
import io.imaas.run.Event.EventSink;
import io.imaas.run.RunResult;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that asks the application for a plan, and shows or executes it. Its options are the same everywhere. */
abstract class PlanCommand extends CliCommand {
    @Mixin
    private final GitOpsOptions gitops = new GitOpsOptions();

    @Mixin
    private final CommitOptions commits = new CommitOptions();

    @Mixin
    private final TargetOptions target = new TargetOptions();

    @Mixin
    private final FormatOption format = new FormatOption();

    @Mixin
    private final NotifyOptions notify = new NotifyOptions();

    @Option(
            names = "--chart-folder",
            paramLabel = "DIR",
            description = "the folder of the chart that renders the values (default: the platform's chart; none "
                    + "without --platform)")
    private Path chart;

    @Option(
            names = "--image-check",
            negatable = true,
            description = "check in the registry that the image exists and is tested and signed (default: yes with "
                    + "--platform; then --no-image-check needs 'policy.images.check: optional')")
    private Boolean imageCheck;

    @Option(names = "--dry-run", description = "show the plan and its gates, and change nothing")
    private boolean dryRun;

    @Option(
            names = "--full",
            description = "show every gate's answer in the plan, and every line of the manifests that changes")
    private boolean full;

    @Mixin
    private final DetailedExitCode detailed = new DetailedExitCode();

    @Mixin
    private final SavedPlanOptions saved = new SavedPlanOptions();

    abstract PlanRequest request(Session session);

    /** Where the path goes on to; empty: nowhere. */
    String onTo() {
        return "";
    }

    private PlanRequest whole(PlanRequest first) {
        return onTo().isEmpty() ? first : new PathRequest(first, new EnvironmentName(onTo()));
    }

    Actor actor() {
        return gitops.actor();
    }

    /** Services that the arguments name. */
    List<ServiceName> named() {
        return List.of();
    }

    /** The image that an option names; null: none. */
    String image() {
        return null;
    }

    /** The same by its digest, which whoever gave a tag is told. */
    final ImageRef namedImage(Session session) {
        if (image() == null) {
            return null;
        }
        ImageRef found = NamedImage.find(session.imaas(), image());
        if (NamedImage.isTagged(image())) {
            err().println("Image: " + found);
        }
        return found;
    }

    /** Adds ports that only this command needs. */
    void add(Assembly assembly) {}

    /** Whether the plan is told before it is executed, as the answer to a question. */
    boolean tellsPlan() {
        return false;
    }

    final GitOpsOptions gitops() {
        return gitops;
    }

    final TargetOptions target() {
        return target;
    }

    @Override
    protected final int run() throws InterruptedException {
        boolean platform = gitops.platform().given();
        try (Session session = Session.open(gitops, commits, this::assemble, named())) {
            notify.check(platform);
            session.introduce(gitops).ifPresent(err()::println);
            requireImageCheck(session.imaas().catalog().platform());
            IntendedPlan plan =
                    session.imaas().waiting(target.timeout()).plan(session.tenant(), whole(request(session)), actor());
            if (saved.handled(session.imaas(), plan)) {
                dryRun = true;
            }
            NoticeBuilder notice = new NoticeBuilder();
            int code = finish(session, plan, notice);
            notify.tell(notice, session, err());
            return detailed.of(code, plan.isNothing());
        }
    }

    /** The look at the image may be left out only where the platform says so. */
    private void requireImageCheck(Platform platform) {
        ImagePolicy policy = platform.images();
        if (!gitops.platform().given()
                || imageCheck == null
                || imageCheck
                || (policy.optional() && !policy.asksForSignatures())) {
            return;
        }
        throw FailureException.policy(
                "the platform wants every image looked up",
                "--no-image-check",
                policy.asksForSignatures()
                        ? "leave it out: signatures can't be verified without the registry"
                        : "leave it out, or let platform.yaml say policy.images.check: optional");
    }

    private void assemble(Assembly assembly) {
        boolean platform = gitops.platform().given();
        if ((imageCheck == null ? platform : imageCheck) || (image() != null && NamedImage.isTagged(image()))) {
            assembly.registry();
        }
        if (chart != null) {
            assembly.chart(chart);
        } else if (platform) {
            assembly.charts();
        }
        target.addTo(assembly, err()::println);
        add(assembly);
    }

    private String text(IntendedPlan plan) {
        return PlanText.of(plan.plan(), Terminal.of(System.getenv()), full);
    }

    private int finish(Session session, IntendedPlan plan, EventSink also) {
        if (dryRun) {
            out().print(format.json() ? Json.pretty(plan.plan()) + "\n" : text(plan));
            return plan.exitCode();
        }
        if (tellsPlan() && !format.json()) {
            out().print(text(plan));
        }
        if (!plan.blocked() && plan.follows() && session.imaas().ports().followsRollouts()) {
            // Nobody commits what nobody could follow.
            session.imaas().ports().deployments().check();
        }
        EventSink progress = format.json() ? event -> {} : progress();
        ReportBuilder reports = new ReportBuilder();
        Imaas traced = session.imaas().traced(plan, TraceParent.find(System.getenv("TRACEPARENT")));
        RunResult result = traced.run(plan, event -> {
            progress.accept(event);
            also.accept(event);
            reports.accept(event);
        });
        if (format.json()) {
            out().println(Json.pretty(RunJson.of(plan.plan(), result)));
        } else if (!plan.blocked()) {
            result.failures().forEach(this::tell);
            reports.reports().stream()
                    .flatMap(report -> report.notRun().stream())
                    .forEach(step -> err().println("  not run: " + step));
        }
        return result.exitCode();
    }
}
