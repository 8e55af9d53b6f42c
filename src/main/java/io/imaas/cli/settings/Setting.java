package io.imaas.cli.settings;

import java.util.Arrays;
import java.util.Optional;

/** An option that need not be given: an environment variable, and mostly a profile too, may hold its value. */
public enum Setting {
    PLATFORM("platform", "IMAAS_PLATFORM", true),
    TENANT("tenant", "IMAAS_TENANT", true),
    GITOPS("gitops", "IMAAS_GITOPS", true),
    ENVIRONMENTS("environments", "IMAAS_ENVIRONMENTS", true),
    GIT_HOSTS("git-hosts", "IMAAS_GIT_HOSTS", true),
    GIT_TOKEN("git-token", "IMAAS_GIT_TOKEN", false),
    ACTOR("actor", "IMAAS_ACTOR", true),
    ROLE("role", "IMAAS_ROLE", true),
    COMMITTER("committer", "IMAAS_COMMITTER", true),
    KEY("key", "IMAAS_KEY", true),
    SIGN("sign", "IMAAS_SIGN", true),
    SERVER("server", "IMAAS_SERVER", true),
    ARGOCD("argocd", "IMAAS_ARGOCD", true),
    ARGOCD_CA("argocd-ca", "IMAAS_ARGOCD_CA", true),
    ARGOCD_TOKEN("argocd-token", "IMAAS_ARGOCD_TOKEN", false),
    KUBERNETES("kubernetes", "IMAAS_KUBERNETES", true),
    CLUSTER_DIR("cluster-dir", "IMAAS_CLUSTER_DIR", true),
    CACHE("cache", "IMAAS_CACHE", true),
    DATA("data", "IMAAS_DATA", true),
    URL("url", "IMAAS_URL", true),
    TOKENS("tokens", "IMAAS_TOKENS", true),
    OIDC_ISSUER("oidc-issuer", "IMAAS_OIDC_ISSUER", true),
    OIDC_CLIENT("oidc-client", "IMAAS_OIDC_CLIENT", true),
    OIDC_CLI_CLIENT("oidc-cli-client", "IMAAS_OIDC_CLI_CLIENT", true),
    OIDC_NAME("oidc-name", "IMAAS_OIDC_NAME", true),
    OIDC_GROUPS("oidc-groups", "IMAAS_OIDC_GROUPS", true),
    REACT("react", "IMAAS_REACT", true),
    LOOK("look", "IMAAS_LOOK", true),
    KEEP_EVENTS("keep-events", "IMAAS_KEEP_EVENTS", true),
    PROBE_USER("probe-user", "IMAAS_MI_USER", false),
    PROBE_PASSWORD("probe-password", "IMAAS_MI_PASSWORD", false),
    SLACK("slack", "IMAAS_SLACK", false),
    RUN_URL("run-url", "BUILD_URL", false);

    private final String key;
    private final String variable;
    private final boolean inProfiles;

    Setting(String key, String variable, boolean inProfiles) {
        this.key = key;
        this.variable = variable;
        this.inProfiles = inProfiles;
    }

    /** @param option an option's longest name, with its dashes */
    public static Optional<Setting> of(String option) {
        return Arrays.stream(values())
                .filter(setting -> option.equals("--" + setting.key))
                .findFirst();
    }

    /** Its name in a profile. */
    public String key() {
        return key;
    }

    /** The environment variable that may hold it. */
    public String variable() {
        return variable;
    }

    /** Whether it says which world is meant: the first thing to look at when something is not found. */
    public boolean namesWorld() {
        return this == PLATFORM || this == TENANT || this == GITOPS || this == ARGOCD || this == KUBERNETES;
    }

    /** Secrets may not stand there, nor what belongs to one run. */
    public boolean inProfiles() {
        return inProfiles;
    }
}
