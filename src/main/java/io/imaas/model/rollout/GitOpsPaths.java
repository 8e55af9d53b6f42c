package io.imaas.model.rollout;

import io.imaas.model.image.Digest;
import io.imaas.model.source.BranchName;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where things are in a tenant's GitOps repository; see docs/formats.md. */
public final class GitOpsPaths {
    /** Who reviews changes; some Git servers look for it elsewhere. */
    public static final String OWNERS = "CODEOWNERS";

    /** All branches of rendered manifests, as a pattern. */
    public static final String RENDERED = "rendered/*";

    /** The branch with what the orchestrator found out and what people said. */
    public static final BranchName RECORDS = new BranchName("imaas/records");

    /** The folder that holds one folder a service. */
    public static final String SERVICES = "services";

    /** On {@link #rendered}: the one file of a service's folder. */
    public static final String MANIFESTS = "manifests.yaml";

    /** On {@link #rendered}: the folder with the chart that made the manifests. No service can have this name. */
    public static final String CHART = ".chart";

    /** On {@link #rendered}: the digest of that chart, one line. */
    public static final String CHART_DIGEST = ".chart.digest";

    private static final Pattern IN_SERVICE =
            Pattern.compile("services/(?=[^/]{1,53}/)([a-z]([a-z0-9-]*[a-z0-9])?)/.+");

    private GitOpsPaths() {}

    /** The service that a file belongs to; empty for files that belong to none. */
    public static Optional<ServiceName> serviceOf(String path) {
        Matcher matcher = IN_SERVICE.matcher(path);
        return matcher.matches() ? Optional.of(new ServiceName(matcher.group(1))) : Optional.empty();
    }

    /** The folder of a service on an environment's branch; what its application watches. */
    public static String folder(ServiceName service) {
        return "services/" + service;
    }

    /** What runs; moves with merges. */
    public static String release(ServiceName service) {
        return folder(service) + "/release.yaml";
    }

    /** Values common to all environments; moves with merges. */
    public static String values(ServiceName service) {
        return folder(service) + "/values.yaml";
    }

    /** The migration of the service's database; moves with the release, and stays when a rollback takes that back. */
    public static String migration(ServiceName service) {
        return folder(service) + "/migration.yaml";
    }

    /** One environment's own values; kept on every branch, read only there. */
    public static String environment(ServiceName service, EnvironmentName environment) {
        return folder(service) + "/env/" + environment + ".yaml";
    }

    /** All that a service's manifests are made of: common values, release, own values and migration. */
    public static List<String> sources(ServiceName service, EnvironmentName environment) {
        return List.of(values(service), release(service), environment(service, environment), migration(service));
    }

    /** Why automatic changes leave this service alone in this environment; absent when they don't. */
    public static String hold(ServiceName service, EnvironmentName environment) {
        return folder(service) + "/hold/" + environment + ".yaml";
    }

    /** The branch with the manifests that run in an environment, written by the orchestrator alone. */
    public static BranchName rendered(EnvironmentName environment) {
        return new BranchName("rendered/" + environment);
    }

    /** On {@link #rendered}: the folder that a service's application applies. */
    public static String renderedFolder(ServiceName service) {
        return service.value();
    }

    /** On {@link #rendered}: all manifests of a service in one file, so that it changes at once and one hash names it. */
    public static String manifests(ServiceName service) {
        return renderedFolder(service) + "/" + MANIFESTS;
    }

    /** On {@link #RECORDS}: what rollouts found out about a digest in an environment. */
    public static String health(ServiceName service, EnvironmentName environment, Digest digest) {
        return "health/" + environment + "/" + service + "/" + digest.hex() + ".json";
    }

    /** On {@link #RECORDS}: the folder of who said what to this very content in an environment. */
    public static String approvals(EnvironmentName environment, String fingerprint) {
        return "approvals/" + environment + "/" + fingerprint;
    }

    /** On {@link #RECORDS}: the folder of who let this very content pass by force, and who confirmed it. */
    public static String overrides(EnvironmentName environment, String fingerprint) {
        return "overrides/" + environment + "/" + fingerprint;
    }
}
