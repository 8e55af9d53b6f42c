package io.imaas.cli;

import io.imaas.app.Imaas;
import io.imaas.app.Onboard;
import io.imaas.app.Onboarded;
import io.imaas.app.OnboardingRuns;
import io.imaas.app.Orphans;
import io.imaas.app.Ports;
import io.imaas.app.Proposal;
import io.imaas.app.assembly.Assembly;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.failure.Problem;
import io.imaas.model.tenancy.BrokenTenant;
import io.imaas.report.ChangeText;
import io.imaas.report.Json;
import io.imaas.run.Event.EventSink;
import io.imaas.run.RunResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code imaas onboard}: makes what tenants need, or tells what it would make. */
@Command(
        name = "onboard",
        description = {
            "Create what the platform's tenants need: namespaces, GitOps branches, applications and "
                    + "jobs. What is correct",
            "already is not changed. Only what has 'offboarding' in its metadata is deleted, on its day " + "or later.",
            "--dry-run shows what would change."
        })
public final class OnboardCommand extends CliCommand {
    @Mixin
    private final TenantArguments names = new TenantArguments();

    @Mixin
    private final PlatformOptions platform = new PlatformOptions();

    @Mixin
    private final ActorOptions actor = new ActorOptions();

    @Mixin
    private final TargetOptions target = new TargetOptions();

    @Option(
            names = "--jobs-dir",
            paramLabel = "DIR",
            description = "write Jenkins jobs to this folder as Job DSL (default: no jobs)")
    private Path jobs;

    @Option(names = "--dry-run", description = "show what would change, and write nothing")
    private boolean dryRun;

    @Option(
            names = "--base",
            paramLabel = "REVISION",
            description = "with --dry-run: show as Markdown, for a pull request, what changes between this branch or "
                    + "commit of the platform repository and its current content; only the repository is read")
    private String base;

    @Option(names = "--adopt", description = "take over existing namespaces and other objects that have no owner")
    private boolean adopt;

    @Mixin
    private final DetailedExitCode detailed = new DetailedExitCode();

    @Mixin
    private final CommitOptions commits = new CommitOptions();

    @Mixin
    private final FormatOption format = new FormatOption();

    @Override
    protected int run() {
        if (base != null) {
            return proposed();
        }
        platform.required();
        target.required();
        try (Assembly assembly = assembly()) {
            Ports ports = assembly.ports().build();
            Imaas imaas = Imaas.on(ports, PlatformSource.read(platform.platform(), ports::git));
            List<Onboarded> done =
                    new OnboardingRuns(imaas, actor.actor(), true).all(names.of(imaas), this::sink, err()::println);
            return tell(
                    done, names.broken(imaas.catalog()), names.all() ? Orphans.of(imaas.catalog(), ports) : List.of());
        }
    }

    private int proposed() {
        String where = proposedAt();
        if (!dryRun || where.isEmpty()) {
            throw wrong("--base needs --dry-run, and --platform outside of a platform repository's checkout");
        }
        try (Assembly assembly = platform.assembly(settings()).previewing()) {
            platform.addTo(assembly, commits);
            Ports ports = assembly.ports().build();
            Proposal proposal = Onboard.between(
                    PlatformSource.at(where, base, ports::git).found(),
                    PlatformSource.find(where, ports::git),
                    ports.clock().now(),
                    actor.actor());
            out().print(
                            format.json()
                                    ? Json.pretty(Map.of(
                                                    "problems", proposal.problems(),
                                                    "changes", proposal.changes()))
                                            + "\n"
                                    : proposal.comment());
            return proposal.sound() ? 0 : FailureKind.INPUT.exitCode();
        }
    }

    /** What is proposed stands in the working copy, wherever a profile says that the platform is. */
    private String proposedAt() {
        Path here = settings().here();
        return !platform.named() && new PlatformFolder(here).isPlatform() ? here.toString() : platform.platform();
    }

    private Assembly assembly() {
        Assembly known = platform.assembly(settings());
        Assembly assembly = dryRun ? known.previewing() : known;
        if (adopt) {
            assembly.adopting();
        }
        if (names.all()) {
            assembly.manyTenants();
        }
        platform.addTo(assembly, commits);
        assembly.registry().charts();
        target.addTo(assembly, err()::println);
        if (jobs != null) {
            assembly.jobs(jobs);
        }
        return assembly;
    }

    private EventSink sink() {
        return dryRun || format.json() ? event -> {} : progress();
    }

    private int tell(List<Onboarded> done, List<BrokenTenant> broken, List<Problem> orphans) {
        List<Effect> all = done.stream().flatMap(one -> one.effects().stream()).toList();
        if (format.json()) {
            out().println(Json.pretty(Map.of(
                    "dryRun",
                    dryRun,
                    dryRun ? "plan" : "done",
                    ChangeText.counts(all),
                    "tenants",
                    Stream.concat(
                                    done.stream().map(OnboardCommand::told),
                                    broken.stream().map(OnboardCommand::told))
                            .toList(),
                    "orphans",
                    orphans)));
        } else {
            done.forEach(tenant -> text(tenant, out()));
            broken.forEach(tenant -> {
                out().println("Onboard " + tenant.name() + ": its files have errors, nothing is done");
                tell(tenant.refused().failure());
            });
            orphans.forEach(orphan -> out().println(orphan.sentence()));
            if (dryRun) {
                out().println(ChangeText.plan(all));
            } else if (done.size() > 1) {
                out().println(done.size() + " tenants: " + ChangeText.totals(all, false));
            }
        }
        int code = done.stream()
                .map(tenant -> tenant.result().exitCode())
                .filter(one -> one != 0)
                .findFirst()
                .orElse(broken.isEmpty() ? 0 : FailureKind.INPUT.exitCode());
        return detailed.of(code, all.stream().noneMatch(Effect::isChange));
    }

    private void text(Onboarded tenant, PrintWriter out) {
        List<Effect> effects = tenant.effects();
        boolean failed = tenant.result().status() == RunResult.Status.FAILED;
        if (dryRun) {
            String changes = ChangeText.plain(effects);
            out.println(tenant.report().title() + (changes.isEmpty() && !failed ? ": nothing to change" : ""));
            out.print(changes);
            tenant.problems().forEach(problem -> out.println("  " + problem.sentence()));
            tenant.report().notes().forEach(note -> out.println("  note: " + note));
        }
        tenant.failures().forEach(this::tell);
        int undone = tenant.takenBack().size();
        if (!dryRun) {
            out.println("  " + ChangeText.totals(effects, false)
                    + (undone == 0 ? "" : ", " + undone + " taken back")
                    + (failed ? ", not finished" : ""));
        } else if (failed) {
            out.println("  not finished");
        }
    }

    private static Map<String, Object> told(Onboarded tenant) {
        return told(
                tenant.tenant().value(),
                tenant.report().status().word(),
                tenant.effects(),
                tenant.problems(),
                tenant.failures(),
                tenant.report().notes());
    }

    private static Map<String, Object> told(BrokenTenant tenant) {
        return told(
                tenant.name(),
                "failed",
                List.of(),
                tenant.errors(),
                List.of(tenant.refused().failure()),
                List.of());
    }

    private static Map<String, Object> told(
            String tenant,
            String status,
            List<Effect> effects,
            List<Problem> problems,
            List<Failure> failures,
            List<String> notes) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("tenant", tenant);
        told.put("status", status);
        told.put("effects", effects);
        told.put("problems", problems);
        told.put("failures", failures);
        told.put("notes", notes);
        return told;
    }
}
