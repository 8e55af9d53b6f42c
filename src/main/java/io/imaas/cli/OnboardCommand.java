package io.imaas.cli;

import io.imaas.app.Imaas;
import io.imaas.app.Ports;
import io.imaas.app.assembly.Assembly;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.request.OnboardRequest;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.report.Json;
import io.imaas.report.ProgressSink;
import io.imaas.report.ReportBuilder;
import io.imaas.report.RunReport;
import io.imaas.report.Terminal;
import io.imaas.run.Event;
import io.imaas.run.EventSink;
import io.imaas.run.RunResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code imaas onboard}: makes what tenants need, or tells what it would make. */
@Command(
        name = "onboard",
        description = {
            "Make what the platform's tenants need: spaces, GitOps branches, applications and jobs. What is right",
            "already stays as it is. Nothing is deleted but what carries 'offboarding' in the metadata, from its day on.",
            "--dry-run reads the world and tells what would change."
        })
public final class OnboardCommand implements Callable<Integer> {
    private static final int NOTHING_TO_DO = 4;
    private static final int SIDE_BY_SIDE = 8;

    @Parameters(arity = "0..*", paramLabel = "TENANT", description = "which tenants (none: all)")
    private List<String> names = List.of();

    @Mixin
    private final PlatformOptions platform = new PlatformOptions();

    @Mixin
    private final TargetOptions target = new TargetOptions();

    @Option(
            names = "--jobs-dir",
            paramLabel = "DIR",
            description = "write Jenkins jobs there as Job DSL; without it: none")
    private Path jobs;

    @Option(names = "--dry-run", description = "read the world and tell what would change; write nothing")
    private boolean dryRun;

    @Option(
            names = "--adopt",
            description = "take over namespaces and other things that exist and say nothing of their owner")
    private boolean adopt;

    @Option(
            names = "--detailed-exitcode",
            description = "exit with 4 when there is nothing to do, so that a script can tell")
    private boolean detailed;

    @Mixin
    private final CommitOptions commits = new CommitOptions();

    @Mixin
    private final FormatOption format = new FormatOption();

    @Spec
    private CommandSpec spec;

    /** What came of a tenant. */
    private record Onboarded(Tenant tenant, RunReport report, RunResult result) {}

    @Override
    public Integer call() {
        if (!platform.given() || !target.hasCluster()) {
            throw new ParameterException(
                    spec.commandLine(), "onboarding needs --platform, and --kubernetes or --cluster-dir");
        }
        try (Assembly assembly = assembly()) {
            Ports ports = assembly.ports().build();
            Imaas imaas = Imaas.on(ports, PlatformSource.read(platform.platform(), ports::git));
            List<Tenant> tenants = tenants(imaas);
            return tell(tenants.size() == 1 ? List.of(onboard(imaas, tenants.get(0), sink())) : all(imaas, tenants));
        }
    }

    /** Some at a time; each is told when it is done, in the order of the platform. */
    private List<Onboarded> all(Imaas imaas, List<Tenant> tenants) {
        ExecutorService threads = Executors.newFixedThreadPool(SIDE_BY_SIDE);
        try {
            List<Future<Runnable>> running = new ArrayList<>();
            List<Onboarded> done = new ArrayList<>();
            for (Tenant tenant : tenants) {
                running.add(threads.submit(() -> {
                    List<Event> events = new ArrayList<>();
                    Onboarded onboarded = onboard(imaas, tenant, events::add);
                    return () -> {
                        EventSink sink = sink();
                        events.forEach(sink::accept);
                        done.add(onboarded);
                    };
                }));
            }
            for (Future<Runnable> one : running) {
                one.get().run();
            }
            return done;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FailureException.external("interrupted", "onboard", "run it again", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof FailureException known
                    ? known
                    : FailureException.defect("a tenant's onboarding broke", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private Assembly assembly() {
        Assembly assembly = dryRun ? platform.assembly().previewing() : platform.assembly();
        if (adopt) {
            assembly.adopting();
        }
        if (names.isEmpty()) {
            assembly.manyTenants();
        }
        platform.addTo(assembly, commits);
        assembly.registry();
        target.addTo(assembly, line -> spec.commandLine().getErr().println(line));
        if (jobs != null) {
            assembly.jobs(jobs);
        }
        return assembly;
    }

    private Onboarded onboard(Imaas imaas, Tenant tenant, EventSink sink) {
        ReportBuilder reports = new ReportBuilder();
        RunResult result = imaas.run(imaas.plan(tenant, new OnboardRequest(), platform.actor()), event -> {
            sink.accept(event);
            reports.accept(event);
        });
        return new Onboarded(tenant, reports.reports().get(0), result);
    }

    private List<Tenant> tenants(Imaas imaas) {
        return names.isEmpty()
                ? imaas.catalog().tenants()
                : names.stream().map(name -> imaas.tenant(new TenantName(name))).toList();
    }

    private EventSink sink() {
        return dryRun || format.json()
                ? event -> {}
                : new ProgressSink(spec.commandLine().getOut(), Terminal.of(System.getenv()), false);
    }

    private int tell(List<Onboarded> done) {
        PrintWriter out = spec.commandLine().getOut();
        if (format.json()) {
            out.println(Json.pretty(Map.of(
                    "dryRun",
                    dryRun,
                    "tenants",
                    done.stream().map(OnboardCommand::told).toList())));
        } else {
            done.forEach(tenant -> text(tenant, out));
        }
        out.flush();
        boolean idle = done.stream().allMatch(tenant -> effects(tenant).stream().noneMatch(Effect::isChange));
        return done.stream()
                .map(tenant -> tenant.result().exitCode())
                .filter(code -> code != 0)
                .findFirst()
                .orElse(detailed && idle ? NOTHING_TO_DO : 0);
    }

    private void text(Onboarded tenant, PrintWriter out) {
        List<Effect> effects = effects(tenant);
        if (dryRun) {
            out.println(tenant.report().title());
            effects.stream()
                    .filter(Effect::isChange)
                    .forEach(effect -> out.println("  " + word(effect) + " " + effect.type() + " " + effect.name()
                            + (effect.detail().isEmpty() ? "" : " (" + effect.detail() + ")")));
            tenant.report().steps().stream()
                    .flatMap(step -> step.problems().stream())
                    .forEach(problem -> out.println("  " + problem.sentence()));
            tenant.report().notes().forEach(note -> out.println("  note: " + note));
        }
        tenant.report()
                .failures()
                .forEach(failure -> spec.commandLine().getErr().println(failure.sentence()));
        out.println("  " + count(effects, Effect.Kind.CREATED) + (dryRun ? " to create, " : " created, ")
                + count(effects, Effect.Kind.UPDATED) + (dryRun ? " to update, " : " updated, ")
                + deleted(effects)
                + count(effects, Effect.Kind.UNCHANGED) + " unchanged"
                + (tenant.result().status() == RunResult.Status.FAILED ? ", not finished" : ""));
    }

    /** Not a word of it where nothing goes, and in capitals where something would. */
    private String deleted(List<Effect> effects) {
        long gone = count(effects, Effect.Kind.DELETED);
        return gone == 0 ? "" : gone + (dryRun ? " to DELETE, " : " deleted, ");
    }

    private String word(Effect effect) {
        return switch (effect.kind()) {
            case CREATED -> "create   ";
            case UPDATED -> "update   ";
            case DELETED -> "DELETE   ";
            case UNCHANGED -> "unchanged";
        };
    }

    private static long count(List<Effect> effects, Effect.Kind kind) {
        return effects.stream().filter(effect -> effect.kind() == kind).count();
    }

    /** Several services share one project; it is told once, as the first of them found it. */
    private static List<Effect> effects(Onboarded tenant) {
        Map<String, Effect> effects = new LinkedHashMap<>();
        tenant.report().steps().stream()
                .map(RunReport.Step::effects)
                .flatMap(List::stream)
                .forEach(effect -> effects.merge(
                        effect.type() + " " + effect.name(),
                        effect,
                        (first, later) -> first.isChange() ? first : later));
        return List.copyOf(effects.values());
    }

    private static Map<String, Object> told(Onboarded tenant) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("tenant", tenant.tenant().name());
        told.put("status", tenant.report().status().toLowerCase(Locale.ROOT));
        told.put("effects", effects(tenant));
        told.put("failures", tenant.report().failures());
        told.put("notes", tenant.report().notes());
        return told;
    }
}
