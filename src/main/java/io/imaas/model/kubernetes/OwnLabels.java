package io.imaas.model.kubernetes;

import io.imaas.model.failure.FailureException;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The labels by which an object in the world is known as ours. Whatever is deleted must carry all of them: a name alone
 * proves nothing, for somebody else may have given it to an object of their own.
 *
 * @param labels name to value, in the order in which they are written
 */
public record OwnLabels(Map<String, String> labels) implements Serializable {
    private static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    /** Whose platform an object is of. */
    public static final String PLATFORM = "imaas.io/platform";

    /** Whose tenant's an object is. */
    public static final String TENANT = "imaas.io/tenant";

    /** Whose service's an object is. */
    public static final String SERVICE = "imaas.io/service";

    private static final String ENVIRONMENT = "imaas.io/environment";

    public OwnLabels {
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("labels that everything has are not proof");
        }
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }

    /**
     * A tenant's space for an environment, what onboarding puts into it, and its Argo CD project.
     * They name the platform too, where it is known: another one may have a tenant of the same name.
     */
    public static OwnLabels of(Tenant tenant, EnvironmentName environment) {
        OwnLabels managed = of(MANAGED_BY, "imaas");
        return (tenant.platform().isEmpty() ? managed : managed.with(PLATFORM, tenant.platform()))
                .with(TENANT, tenant.name().value())
                .with(ENVIRONMENT, environment.value());
    }

    /** What is of no tenant, such as the platform's admission policies. */
    public static OwnLabels ofPlatform(String platform) {
        return of(MANAGED_BY, "imaas").with(PLATFORM, platform);
    }

    /** What a service runs. Helm says of itself that it manages it, so that is not asked for. */
    public static OwnLabels of(TenantName tenant, ServiceName service, EnvironmentName environment) {
        return of(TENANT, tenant.value()).with(SERVICE, service.value()).with(ENVIRONMENT, environment.value());
    }

    private static OwnLabels of(String label, String value) {
        return new OwnLabels(Map.of(label, value));
    }

    private OwnLabels with(String label, String value) {
        Map<String, String> more = new LinkedHashMap<>(labels);
        more.put(label, value);
        return new OwnLabels(more);
    }

    /** The name under which the API server notes which fields are ours: each platform has its own. */
    public String fieldManager() {
        String platform = labels.get(PLATFORM);
        return platform == null ? "imaas" : "imaas-" + platform;
    }

    /**
     * Whether an object carries all of them.
     *
     * @param found the labels that it carries in the world; null for none
     */
    public boolean match(Map<?, ?> found) {
        return found != null && found.entrySet().containsAll(labels.entrySet());
    }

    /**
     * Refuses to change what is not ours.
     *
     * @param adopts whether an object that says nothing of its owner may be taken over; one of another owner never is
     * @throws FailureException POLICY
     */
    public void requireOrAdopt(String object, Map<?, ?> found, boolean adopts) {
        labels.forEach((label, value) -> {
            Object there = found == null ? null : found.get(label);
            if (there != null && !value.equals(there)) {
                throw FailureException.policy(
                        "it exists and belongs to another: its label " + label + " is '" + there + "' and not '" + value
                                + "'",
                        object,
                        "give the tenant another name, or let the other owner delete it");
            }
            if (there == null && !adopts) {
                throw FailureException.policy(
                        "it exists and was not made by this platform: it has no label " + label,
                        object,
                        "look at what is in it; to take it over, say so in the tenant's file ('imaas adopt' writes it), or run 'imaas"
                                + " onboard TENANT --adopt'");
            }
        });
    }

    /**
     * Refuses to let a service's manifest change what onboarding made: with the orchestrator's own rights it could open the
     * tenant's network policies.
     *
     * @param object how people know it, such as {@code NetworkPolicy/orders-dev/default-deny}
     * @param found the labels that it carries in the world; null for none
     * @throws FailureException POLICY
     */
    public static void requireNoSpace(String object, Map<?, ?> found) {
        if (of(MANAGED_BY, "imaas").match(found)) {
            throw FailureException.policy(
                    "it is a part of the tenant's space, and a service's manifest must not change it",
                    object,
                    "give the service's object another name; what the space allows is said in the tenant's file on the"
                            + " platform repository");
        }
    }

    /**
     * Refuses to delete what is not ours.
     *
     * @param object how people know it, such as {@code Namespace/orders-dev}
     * @param found the labels that it carries in the world; null for none
     * @throws FailureException POLICY when one is missing or says something else
     */
    public void require(String object, Map<?, ?> found) {
        labels.forEach((label, value) -> {
            Object there = found == null ? null : found.get(label);
            if (!value.equals(there)) {
                throw FailureException.policy(
                        "it is not deleted: its label " + label + " should be '" + value + "' and "
                                + (there == null ? "is not there" : "is '" + there + "'"),
                        object,
                        "somebody else made or changed it: give the label back if it is this tenant's, or delete it by"
                                + " hand");
            }
        });
    }
}
