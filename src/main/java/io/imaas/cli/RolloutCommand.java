package io.imaas.cli;

import io.imaas.adapter.argocd.Ancestry;
import io.imaas.adapter.argocd.ArgoCdDeployments;
import io.imaas.adapter.argocd.ArgoCdSettings;
import io.imaas.adapter.argocd.api.ServerSettings;
import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitRepositories;
import io.imaas.adapter.git.GitSettings;
import io.imaas.adapter.management.ManagementProbe;
import io.imaas.adapter.system.EnvironmentSecrets;
import io.imaas.adapter.system.SystemClock;
import io.imaas.model.image.ImageRef;
import io.imaas.model.rollout.RolloutOutcome;
import io.imaas.model.rollout.RolloutStatus;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.rollout.RunNotice;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.ServiceSettings.When;
import io.imaas.port.Clock;
import io.imaas.port.Deployments;
import io.imaas.port.ServiceProbe;
import io.imaas.report.Ending;
import io.imaas.report.Json;
import io.imaas.report.RolloutProgress;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code imaas rollout}: waits until this very commit is live and healthy, or says why it is not. */
@Command(
        name = "rollout",
        mixinStandardHelpOptions = true,
        description = "Wait until a GitOps commit and its image are really live under Argo CD.",
        footer = {
            "",
            "Exit codes: 0 live, or superseded by a commit that is live; 1 degraded or failed; 5 refused by a sync window",
            "or a missing right; 6 timed out, or Argo CD was lost."
        })
public final class RolloutCommand implements Callable<Integer> {
    private static final Duration LOOK = Duration.ofSeconds(1);

    @Option(names = "--server", required = true, paramLabel = "URL", description = "the Argo CD server")
    private URI server;

    @Option(
            names = "--token-env",
            required = true,
            paramLabel = "VAR",
            description = "environment variable with a token that may get and sync the application")
    private String tokenVariable;

    @Option(names = "--ca", paramLabel = "FILE", description = "PEM of the authorities to trust instead of the usual")
    private Path authorities;

    @Option(names = "--project", required = true, paramLabel = "P", description = "the Argo CD project")
    private String project;

    @Option(names = "--app", required = true, paramLabel = "A", description = "the application, or NAMESPACE/A")
    private String application;

    @Option(names = "--commit", required = true, paramLabel = "C", description = "the GitOps commit, all 40 digits")
    private String commit;

    @Option(
            names = "--image",
            required = true,
            paramLabel = "REPO@sha256:…",
            description = "the image that must be live")
    private String image;

    @Option(
            names = "--gitops",
            paramLabel = "URL",
            description = "the GitOps repository, so that later commits that hold the image are accepted too")
    private String gitops;

    @Option(
            names = "--path",
            paramLabel = "services/S",
            description = "the service's folder in the GitOps repository; needed with --gitops")
    private String path;

    @Option(
            names = "--gitops-token-env",
            paramLabel = "VAR",
            defaultValue = "IMAAS_GIT_TOKEN",
            description = "environment variable with the token for the GitOps repository (default: ${DEFAULT-VALUE})")
    private String gitopsTokenVariable;

    @Option(
            names = "--timeout",
            paramLabel = "10m",
            defaultValue = "10m",
            converter = DurationConverter.class,
            description = "how long to wait, such as 90s, 10m or 1h (default: ${DEFAULT-VALUE})")
    private Duration timeout;

    @Option(
            names = "--started-at",
            paramLabel = "TIME",
            description =
                    "since when somebody waits, such as 2026-11-20T10:00:00Z: --timeout counts from then, so that a"
                            + " job that was cut off does not wait anew")
    private Instant startedAt;

    @Mixin
    private final ProbeOptions probe = new ProbeOptions();

    @Mixin
    private final NotifyOptions notify = new NotifyOptions();

    @Mixin
    private final FormatOption format = new FormatOption();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (gitops != null && path == null) {
            throw new ParameterException(spec.commandLine(), "--gitops needs --path: the service's folder in it");
        }
        notify.check(false);
        Clock clock = new SystemClock();
        RolloutTarget target = target();
        EnvironmentSecrets secrets = new EnvironmentSecrets(System.getenv());
        ServerSettings settings = ArgoCdOptions.settings(
                server, secrets, tokenVariable, "--token-env", PemFile.text(authorities, "--ca"));
        GitSettings git =
                GitSettings.of(new GitOpsOptions().cacheFolder(), GitAccess.token(secrets, gitopsTokenVariable), clock);
        Optional<ManagementProbe> asked = probe.probe(secrets);
        // Closed in the end, and open while there is anything to ask.
        try (ManagementProbe service = asked.orElse(null);
                GitRepositories repositories = new GitRepositories(git);
                ArgoCdDeployments deployments = new ArgoCdDeployments(
                        ArgoCdSettings.of(settings).probing(service == null ? ServiceProbe.NONE : service),
                        new Ancestry(repositories::at),
                        clock)) {
            RolloutOutcome outcome = wait(deployments, target, clock);
            int code = tell(outcome);
            notify.tell(
                    notice(outcome, notify.ending(clock)), spec.commandLine().getErr());
            return code;
        }
    }

    private RolloutTarget target() {
        return new RolloutTarget(
                null,
                null,
                null,
                project,
                application,
                gitops == null ? null : new RepositoryUrl(gitops),
                path == null ? "" : path.replaceAll("/+$", ""),
                new CommitId(commit),
                ImageRef.parse(image),
                timeout,
                startedAt);
    }

    private RolloutOutcome wait(Deployments deployments, RolloutTarget target, Clock clock)
            throws InterruptedException {
        Semaphore news = new Semaphore(0);
        PrintWriter err = spec.commandLine().getErr();
        RolloutProgress progress = new RolloutProgress();
        // Ends when the deployments are closed.
        deployments.watch(target, news::release);
        while (true) {
            RolloutStatus status = deployments.follow(target);
            if (status instanceof RolloutStatus.Ended ended) {
                return ended.outcome();
            }
            progress.line((RolloutStatus.InProgress) status, clock.now()).ifPresent(err::println);
            err.flush();
            if (news.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                news.drainPermits();
            }
        }
    }

    private RunNotice notice(RolloutOutcome outcome, Ending ending) {
        boolean live = outcome.verdict().failure() == null;
        String digest = ImageRef.parse(image).digest().abbreviated();
        return new RunNotice(
                UUID.nameUUIDFromBytes((application + commit).getBytes(StandardCharsets.UTF_8))
                        .toString(),
                !live ? When.FAILURE : ending.afterFailure() ? When.RECOVERY : When.SUCCESS,
                "Roll out " + application,
                live ? "succeeded" : "failed",
                project,
                null,
                List.of(new RunNotice.Part(application, "", digest)),
                "",
                live
                        ? ""
                        : word(outcome)
                                + outcome.reasons().stream()
                                        .map(why -> ": " + why)
                                        .findFirst()
                                        .orElse(""),
                ending.link(),
                ending.at());
    }

    private static String word(RolloutOutcome outcome) {
        return outcome.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private int tell(RolloutOutcome outcome) {
        PrintWriter out = spec.commandLine().getOut();
        String word = word(outcome);
        if (format.json()) {
            Map<String, Object> told = new LinkedHashMap<>();
            told.put("verdict", word);
            told.put("application", application);
            told.put("commit", commit);
            told.put("image", image);
            told.put("liveCommit", outcome.liveCommit());
            told.put("reasons", outcome.reasons());
            told.put("observedAt", outcome.observedAt());
            out.println(Json.pretty(told));
        } else {
            out.println(word + ": " + application + " at "
                    + (outcome.liveCommit() == null
                            ? commit
                            : outcome.liveCommit().value()));
            outcome.reasons().forEach(reason -> out.println("  " + reason));
        }
        out.flush();
        return outcome.verdict().failure() == null
                ? 0
                : outcome.verdict().failure().exitCode();
    }
}
