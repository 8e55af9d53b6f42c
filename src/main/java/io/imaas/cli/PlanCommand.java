package io.imaas.cli;

import io.imaas.app.IntendedPlan;
import io.imaas.app.assembly.Assembly;
import io.imaas.model.identity.Actor;
import io.imaas.model.request.PathRequest;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.report.Json;
import io.imaas.report.NoticeBuilder;
import io.imaas.report.PlanText;
import io.imaas.report.ProgressSink;
import io.imaas.report.RunJson;
import io.imaas.report.Terminal;
import io.imaas.run.EventSink;
import io.imaas.run.RunResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that asks the application for a plan, and shows or executes it. Its options are the same everywhere. */
abstract class PlanCommand implements Callable<Integer> {
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
            description = "chart to render the values with (default: the platform's own, and none without --platform)")
    private Path chart;

    @Option(
            names = "--image-check",
            negatable = true,
            description = {
                "ask the image's registry whether it is there, tested and signed (default: with --platform; there,",
                "--no-image-check needs 'policy.images.check: optional')"
            })
    private Boolean imageCheck;

    @Option(names = "--dry-run", description = "show the plan and its gates, change nothing")
    private boolean dryRun;

    @Option(
            names = "--full",
            description = "show of a plan every gate's answer, and every line of the manifests that changes")
    private boolean full;

    @Mixin
    private final SavedPlanOptions saved = new SavedPlanOptions();

    @Spec
    private CommandSpec spec;

    /** What is asked for. */
    abstract PlanRequest request(Session session);

    /** Where the path goes on to; empty: nowhere. */
    String onTo() {
        return "";
    }

    private PlanRequest whole(PlanRequest first) {
        return onTo().isEmpty() ? first : new PathRequest(first, new EnvironmentName(onTo()));
    }

    /** Who asks. */
    Actor actor() {
        return gitops.platform().actor();
    }

    /** Services that the arguments name. */
    List<ServiceName> named() {
        return List.of();
    }

    /** Adds ports that only this command needs. */
    void add(Assembly assembly) {}

    /** Whether the plan is told before it is executed, as the answer to a question. */
    boolean tellsPlan() {
        return false;
    }

    final CommandSpec spec() {
        return spec;
    }

    final GitOpsOptions gitops() {
        return gitops;
    }

    final TargetOptions target() {
        return target;
    }

    @Override
    public final Integer call() throws InterruptedException {
        boolean platform = gitops.platform().given();
        try (Session session = Session.open(gitops, commits, this::assemble, named())) {
            notify.check(platform);
            session.introduce(gitops).ifPresent(spec.commandLine().getErr()::println);
            ImageCheck.require(imageCheck, platform, session.imaas().catalog().platform());
            IntendedPlan plan =
                    session.imaas().waiting(target.timeout()).plan(session.tenant(), whole(request(session)), actor());
            if (saved.handled(session.imaas(), plan)) {
                dryRun = true;
            }
            NoticeBuilder notice = new NoticeBuilder();
            int code = finish(session, plan, notice);
            notify.tell(notice, session, spec.commandLine().getErr());
            return code;
        }
    }

    private void assemble(Assembly assembly) {
        boolean platform = gitops.platform().given();
        if (imageCheck == null ? platform : imageCheck) {
            assembly.registry();
        }
        if (chart != null) {
            assembly.chart(chart);
        } else if (platform) {
            assembly.charts();
        }
        target.addTo(assembly, line -> spec.commandLine().getErr().println(line));
        add(assembly);
    }

    private String text(IntendedPlan plan) {
        return PlanText.of(plan.plan(), Terminal.of(System.getenv()), full);
    }

    private int finish(Session session, IntendedPlan plan, EventSink also) {
        PrintWriter out = spec.commandLine().getOut();
        if (dryRun) {
            out.print(format.json() ? Json.pretty(plan.plan()) + "\n" : text(plan));
            out.flush();
            return plan.exitCode();
        }
        if (tellsPlan() && !format.json()) {
            out.print(text(plan));
        }
        if (!plan.blocked() && plan.follows() && session.imaas().ports().followsRollouts()) {
            // Nobody commits what nobody could follow.
            session.imaas().ports().deployments().check();
        }
        EventSink progress = format.json() ? event -> {} : new ProgressSink(out, Terminal.of(System.getenv()), false);
        RunResult result = session.imaas().run(plan, event -> {
            progress.accept(event);
            also.accept(event);
        });
        if (format.json()) {
            out.println(Json.pretty(RunJson.of(plan.plan(), result)));
        } else if (!plan.blocked()) {
            PrintWriter err = spec.commandLine().getErr();
            result.failures().forEach(failure -> err.println(failure.sentence()));
            err.flush();
        }
        out.flush();
        return result.exitCode();
    }
}
