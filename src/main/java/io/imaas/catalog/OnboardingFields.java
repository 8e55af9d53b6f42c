package io.imaas.catalog;

import io.imaas.model.tenancy.ApiManagerPolicy;
import io.imaas.model.tenancy.Delivery;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.OnboardingPolicy;
import io.imaas.model.tenancy.OnboardingPolicy.Collector;
import io.imaas.model.tenancy.OnboardingPolicy.GatewayPolicy;
import io.imaas.model.tenancy.OnboardingPolicy.Part;
import io.imaas.model.tenancy.OnboardingPolicy.PullPolicy;
import io.imaas.model.tenancy.OnboardingPolicy.RegistryPolicy;
import io.imaas.model.tenancy.SecretsPolicy;
import io.imaas.model.tenancy.VaultAgent;
import java.util.List;
import java.util.Set;

/** Reads the {@code onboarding} section of {@code platform.yaml}. */
record OnboardingFields(Findings findings) {
    private static final int USUAL_DAYS = 90;

    OnboardingPolicy read(Section section) {
        OnboardingPolicy usual = OnboardingPolicy.USUAL;
        RegistryPolicy registry = registry(section.section("registry"));
        Set<Part> off = section.choices("off", Part.class);
        PullPolicy pulls = pulls(section.section("pullSecret"), registry.isHarbor());
        return new OnboardingPolicy(
                off,
                section.text("ingressNamespace").orElse(usual.ingressNamespace()),
                section.text("monitoringNamespace").orElse(usual.monitoringNamespace()),
                section.list("exec", "bad-name", EnvironmentName::new),
                section.text("deployer").orElse(usual.deployer()),
                registry,
                off.contains(Part.PULL_SECRET) ? pulls.gone() : pulls,
                secrets(section.section("secrets")),
                gateway(section.section("gateway")),
                new Collector(section.word("traces")),
                apiManager(section.section("apiManager")));
    }

    private static ApiManagerPolicy apiManager(Section section) {
        return new ApiManagerPolicy(
                section.word("url"),
                section.text("credential").orElse(ApiManagerPolicy.SECRET),
                section.list("environments", "bad-name", EnvironmentName::new));
    }

    private RegistryPolicy registry(Section section) {
        return new RegistryPolicy(
                section.choice("kind", RegistryPolicy.Kind.DISTRIBUTION),
                QuotaFields.quantity(section, "storage", Quantities::memory, findings)
                        .orElse(""),
                section.whole("keep", 0),
                section.text("credential").orElse(RegistryPolicy.SECRET));
    }

    private SecretsPolicy secrets(Section section) {
        Section agent = section.section("vaultAgent");
        boolean external = section.has("provider");
        if (!section.keys().isEmpty() && external == section.has("vaultAgent")) {
            findings.refine(
                    "secrets-source",
                    section.where(),
                    external
                            ? "secrets come from a provider and from Vault's agent"
                            : "nothing says where secrets come from",
                    "give either provider, for External Secrets, or vaultAgent");
        }
        if (section.has("vaultAgent") && section.has("icp")) {
            findings.refine(
                    "secrets-icp",
                    section.where(),
                    "the control plane's secret is a variable, and Vault's agent writes files",
                    "leave icp out, or take provider, for External Secrets");
        }
        return new SecretsPolicy(
                section.text("prefix").orElse(SecretsPolicy.NONE.prefix()),
                section.text("refresh").orElse(SecretsPolicy.NONE.refresh()),
                section.plain("provider"),
                new VaultAgent(
                        new Collector(agent.word("address")),
                        agent.word("role"),
                        agent.text("mount").orElse(VaultAgent.NONE.mount()),
                        !agent.word("version").equals("v1")),
                new Collector(section.word("icp")));
    }

    private GatewayPolicy gateway(Section section) {
        GatewayPolicy.Kind kind = section.choice("kind", GatewayPolicy.Kind.PLAIN);
        Section jwt = section.section("jwt");
        if (section.has("jwt") && kind == GatewayPolicy.Kind.PLAIN) {
            findings.refine(
                    "gateway-kind",
                    jwt.where(),
                    "a plain gateway has no policy that asks for tokens",
                    "name whose gateway it is, such as kind: envoy, or leave jwt out");
        }
        return new GatewayPolicy(
                kind,
                section.word("namespace"),
                section.word("name"),
                section.word("listener"),
                jwt.word("issuer"),
                jwt.word("jwks"),
                jwt.list("audiences", "bad-audience", s -> s));
    }

    private PullPolicy pulls(Section section, boolean harbor) {
        String credential = section.word("credential");
        if (section.has("name") && credential.isEmpty() && !harbor) {
            findings.refine(
                    "pull-credential",
                    section.where(),
                    "there is no login to pull images with",
                    "name a secret with credential, or let Harbor make accounts: registry: {kind: harbor}");
        }
        return new PullPolicy(section.word("name"), credential, section.whole("days", USUAL_DAYS));
    }

    /** Harbor's projects bear the tenants' names, and it is stricter with names than Kubernetes is. */
    void requireNames(RegistryPolicy registry, List<TenantDraft> drafts) {
        drafts.stream()
                .filter(draft -> registry.isHarbor())
                .flatMap(draft -> draft.name().stream())
                .filter(name -> name.value().value().contains("--"))
                .forEach(name -> findings.refine(
                        "harbor-name",
                        name.where(),
                        "Harbor takes no project called '" + name.value() + "': two hyphens meet",
                        "give the tenant another name"));
    }

    /** Its annotations are added where the orchestrator renders. */
    void requireRendering(SecretsPolicy secrets, List<TenantDraft> drafts) {
        drafts.stream()
                .filter(draft -> secrets.vault().isOn() && draft.delivery() == Delivery.HELM)
                .flatMap(draft -> draft.services().stream())
                .filter(service -> !service.secrets().isEmpty())
                .forEach(service -> findings.refine(
                        "vault-delivery",
                        service.where(),
                        "Vault's agent would write no secrets: with 'delivery: helm' nobody adds its annotations to the pods",
                        "write 'delivery: rendered', or remove 'secrets'"));
    }
}
