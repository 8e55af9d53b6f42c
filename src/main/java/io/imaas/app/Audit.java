package io.imaas.app;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Problem;
import io.imaas.model.identity.Actor;
import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Where the world is not as the platform's files say, gravest first: what a dry run of onboarding finds, weighed. */
public final class Audit {
    /** Beside what is protected in the cluster. */
    private static final Set<String> GAINFUL = Set.of("AppProject", "branch protection");

    private Audit() {}

    /** How much it matters. */
    public enum Severity {
        /** A tenant can do more than it may, or others can do something to it. */
        HIGH,
        /** Something is missing or different, and nobody gains by it. */
        MEDIUM,
        /** Somebody else set a field; it is left to them. */
        LOW
    }

    /**
     * One difference.
     *
     * @param tenant null: none that the files name
     * @param thing such as {@code ResourceQuota orders-dev/tenant}
     * @param what missing, or what differs, with the name of whoever set it where that is known
     * @param fix what makes it right
     */
    public record Finding(TenantName tenant, Severity severity, String thing, String what, String fix) {
        public String sentence() {
            return severity.name().toLowerCase(Locale.ROOT) + "  " + thing + ": " + what
                    + (fix.isEmpty() ? "" : " (" + fix + ")");
        }
    }

    public static String text(List<Finding> findings) {
        return findings.isEmpty()
                ? "Everything is as the platform's files say.\n"
                : findings.stream().map(one -> one.sentence() + "\n").collect(Collectors.joining())
                        + findings.size()
                        + (findings.size() == 1 ? " finding\n" : " findings\n");
    }

    /**
     * Looks at one tenant; nothing is written.
     *
     * @param imaas on ports that only read
     * @throws FailureException INPUT where there is no cluster to look at
     */
    public static List<Finding> of(Imaas imaas, Tenant tenant, Actor actor) {
        if (!imaas.ports().hasCluster()) {
            throw FailureException.input("no cluster is looked at here", "start the server with --kubernetes CONTEXT");
        }
        if (!imaas.ports().isPreview()) {
            throw FailureException.defect("an audit would write", null);
        }
        return of(new OnboardingRuns(imaas, actor, false).all(List.of(tenant), () -> event -> {}, waited -> {}));
    }

    /** Of a dry run over these tenants. */
    public static List<Finding> of(List<Onboarded> previewed) {
        List<Finding> findings = new ArrayList<>();
        for (Onboarded tenant : previewed) {
            tenant.effects().stream()
                    .filter(Effect::isChange)
                    .map(effect -> of(tenant.tenant(), effect))
                    .forEach(findings::add);
            tenant.problems().stream()
                    .map(problem -> of(tenant.tenant(), problem))
                    .forEach(findings::add);
            tenant.failures().stream()
                    .map(failure -> of(tenant.tenant(), failure))
                    .forEach(findings::add);
        }
        findings.sort(Comparator.comparing(Finding::severity));
        return findings;
    }

    /** What a repair changed, a line each. */
    public static String repaired(List<Onboarded> done) {
        return done.stream()
                .flatMap(tenant -> tenant.effects().stream())
                .filter(Effect::isChange)
                .map(effect -> "corrected  " + effect.type() + " " + effect.name() + "\n")
                .collect(Collectors.joining());
    }

    /** The same of what belongs to no tenant that the files name, and of files that have errors. */
    public static List<Finding> ofFiles(List<Problem> problems) {
        return problems.stream().map(problem -> of(null, problem)).toList();
    }

    private static Finding of(TenantName tenant, Effect effect) {
        boolean gained = ClusterObject.PROTECTED.contains(effect.type()) || GAINFUL.contains(effect.type());
        String what = effect.kind() == Effect.Kind.CREATED ? "is missing" : effect.detail();
        return new Finding(
                tenant,
                gained ? Severity.HIGH : Severity.MEDIUM,
                effect.type() + " " + effect.name(),
                what,
                "imaas audit " + tenant + " --repair");
    }

    private static Finding of(TenantName tenant, Problem problem) {
        Severity severity = problem.isError() || problem.rule().equals("foreign-policy")
                ? Severity.HIGH
                : problem.rule().equals("orphan") ? Severity.MEDIUM : Severity.LOW;
        return new Finding(tenant, severity, problem.where().toString(), problem.what(), problem.fix());
    }

    private static Finding of(TenantName tenant, Failure failure) {
        return new Finding(tenant, Severity.HIGH, failure.where().toString(), failure.what(), failure.suggestion());
    }
}
