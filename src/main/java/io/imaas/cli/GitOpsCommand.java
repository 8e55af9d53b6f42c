package io.imaas.cli;

import io.imaas.plan.Plan;
import io.imaas.report.NoticeBuilder;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that changes a tenant's GitOps repository: it makes a plan, which is shown or executed. */
abstract class GitOpsCommand implements Callable<Integer> {
    @Mixin
    private final GitOpsOptions gitops = new GitOpsOptions();

    @Mixin
    private final CommitOptions commits = new CommitOptions();

    @Mixin
    private final FormatOption format = new FormatOption();

    @Mixin
    private final NotifyOptions notify = new NotifyOptions();

    @Option(names = "--dry-run", description = "show the plan and its gates, change nothing")
    private boolean dryRun;

    @Spec
    private CommandSpec spec;

    /** Decides what is to be done; writes nothing. */
    abstract Plan plan(GitOpsSession session);

    /** Whether the plan is told before it is executed, as the answer to a question. */
    boolean tellsPlan() {
        return false;
    }

    final CommandSpec spec() {
        return spec;
    }

    @Override
    public final Integer call() throws InterruptedException {
        try (GitOpsSession session = new GitOpsSession(gitops, commits)) {
            notify.check(session.hasPlatform());
            NoticeBuilder notice = new NoticeBuilder();
            int code = session.finish(
                    plan(session),
                    new GitOpsSession.Telling(dryRun, tellsPlan(), format.json()),
                    notice,
                    spec.commandLine().getOut(),
                    spec.commandLine().getErr());
            notify.tell(notice, session, spec.commandLine().getErr());
            return code;
        }
    }
}
