package io.imaas.cli;

import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitRepositories;
import io.imaas.adapter.system.EnvironmentSecrets;
import io.imaas.adapter.system.SystemClock;
import io.imaas.cli.Onboarding.Onboarded;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.report.Json;
import io.imaas.report.ProgressSink;
import io.imaas.report.RunReport;
import io.imaas.report.Terminal;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

    @Option(
            names = "--platform",
            required = true,
            paramLabel = "DIR|URL",
            description = "the platform repository: a checkout, or the repository whose main is read")
    private String platform;

    @Option(names = "--tenant", paramLabel = "T", description = "which tenant; repeatable; none: all")
    private List<String> names = List.of();

    @Mixin
    private final OnboardOptions world = new OnboardOptions();

    @Option(names = "--dry-run", description = "read the world and tell what would change; write nothing")
    private boolean dryRun;

    @Option(
            names = "--detailed-exitcode",
            description = "exit with 4 when there is nothing to do, so that a script can tell")
    private boolean detailed;

    @Option(
            names = "--token-env",
            paramLabel = "VAR",
            defaultValue = "IMAAS_GIT_TOKEN",
            description = "environment variable with the token for https:// (default: ${DEFAULT-VALUE})")
    private String tokenVariable;

    @Option(names = "--cache", paramLabel = "DIR", description = "where clones and the chart are kept warm")
    private Path cache;

    @Option(names = "--actor", paramLabel = "@USER", description = "who asks (default: @ and the name of this account)")
    private String actor;

    @Mixin
    private final CommitOptions commits = new CommitOptions();

    @Mixin
    private final FormatOption format = new FormatOption();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        GitOpsOptions usual = new GitOpsOptions();
        usual.cache = cache == null ? "" : cache.toString();
        usual.actor = actor == null ? "" : actor;
        SystemClock clock = new SystemClock();
        GitAccess access = GitAccess.token(new EnvironmentSecrets(System.getenv()), tokenVariable);
        try (GitRepositories repositories =
                        new GitRepositories(commits.settings(usual.cacheFolder().resolve("git"), access, clock));
                Closing closing = new Closing()) {
            Catalog catalog = PlatformSource.read(platform, repositories::at);
            List<Tenant> tenants = tenants(catalog);
            Onboarding onboarding = new Onboarding(world.world(
                    repositories,
                    usual.cacheFolder(),
                    clock,
                    dryRun,
                    closing,
                    spec.commandLine().getErr()::println));
            List<Onboarded> done = new ArrayList<>();
            for (Tenant tenant : tenants) {
                done.add(onboarding.run(onboarding.plan(catalog, tenant, usual.actor()), tenant, sink()));
            }
            return tell(done);
        }
    }

    private List<Tenant> tenants(Catalog catalog) {
        return names.isEmpty()
                ? catalog.tenants()
                : names.stream()
                        .map(name -> catalog.tenant(new TenantName(name))
                                .orElseThrow(() -> FailureException.input(
                                        "the platform has no tenant '" + name + "'",
                                        platform,
                                        "known: "
                                                + catalog.tenants().stream()
                                                        .map(tenant ->
                                                                tenant.name().value())
                                                        .toList())))
                        .toList();
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
            effects.forEach(effect -> out.println("  " + word(effect) + " " + effect.type() + " " + effect.name()
                    + (effect.detail().isEmpty() ? "" : " (" + effect.detail() + ")")));
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
