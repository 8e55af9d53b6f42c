package io.imaas.step.observe;

import io.imaas.model.kubernetes.Manifests;
import io.imaas.model.policy.PolicySet;
import io.imaas.model.policy.PolicyVerdict;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.OnboardingPolicy;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.onboarding.TenantManifests;
import io.imaas.port.AdmissionPolicies;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks the platform's admission policies about what a service would run in the namespace that onboarding makes for it. */
public record PolicyReview(AdmissionPolicies engine, PolicySet policies, OnboardingPolicy onboarding) {
    /** Kubernetes writes the name of every namespace into this label. */
    private static final String OWN_NAME = "kubernetes.io/metadata.name";

    List<PolicyVerdict> of(Tenant tenant, EnvironmentName environment, Manifests before, Manifests coming) {
        Map<String, Object> namespace = new LinkedHashMap<>(
                TenantManifests.namespace(onboarding, tenant, environment).fields());
        Map<Object, Object> metadata = new LinkedHashMap<>((Map<?, ?>) namespace.get("metadata"));
        Map<Object, Object> labels = new LinkedHashMap<>((Map<?, ?>) metadata.get("labels"));
        labels.put(OWN_NAME, tenant.namespace(environment));
        metadata.put("labels", labels);
        namespace.put("metadata", metadata);
        return engine.review(policies, new AdmissionPolicies.Question(namespace, before.all(), coming.all()));
    }
}
