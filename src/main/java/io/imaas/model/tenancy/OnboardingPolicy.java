package io.imaas.model.tenancy;

import java.io.Serializable;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * Which parts of a tenant's space onboarding makes, and what of the cluster they are made for.
 *
 * @param off the parts that somebody else makes, or nobody
 * @param ingressNamespace where the ingress controllers or gateways run
 * @param monitoringNamespace where Prometheus and Grafana run
 * @param execIn environments in which developers may run commands in pods
 * @param deployer the service account that deploys into tenants' namespaces, as {@code namespace/name}; empty: one that
 *     has its rights from elsewhere
 * @param registry how tenants' spaces on the image registry come to be
 * @param pulls how tenants' namespaces come to a login for their images
 * @param secrets from where services get their secrets
 * @param gateway by which services are reached from outside
 * @param traces where services send their traces
 * @param apiManager where the APIs of gateways are listed
 */
public record OnboardingPolicy(
        Set<Part> off,
        String ingressNamespace,
        String monitoringNamespace,
        List<EnvironmentName> execIn,
        String deployer,
        RegistryPolicy registry,
        PullPolicy pulls,
        SecretsPolicy secrets,
        GatewayPolicy gateway,
        Collector traces,
        ApiManagerPolicy apiManager)
        implements Serializable {
    /** Everything, with the usual names: ingress-nginx, and the Prometheus operator in monitoring. */
    public static final OnboardingPolicy USUAL = new OnboardingPolicy(
            Set.of(),
            "ingress-nginx",
            "monitoring",
            List.of(),
            "",
            RegistryPolicy.USUAL,
            PullPolicy.NONE,
            SecretsPolicy.NONE,
            GatewayPolicy.NONE,
            Collector.NONE,
            ApiManagerPolicy.NONE);

    public OnboardingPolicy {
        off = Set.copyOf(off);
        execIn = List.copyOf(execIn);
    }

    public boolean makes(Part part) {
        return !off.contains(part);
    }

    /** A part of a tenant's space that onboarding makes unless the platform switches it off. */
    public enum Part {
        /** The namespace's labels of Pod Security. */
        POD_SECURITY,
        /** ResourceQuota. */
        QUOTA,
        /** LimitRange. */
        LIMITS,
        /** NetworkPolicies. */
        NETWORK,
        /** What the account {@code default} may do in pods: it gets no token, and names the pull secret. */
        ACCOUNT,
        /** The Secret that the section {@code pullSecret} describes. */
        PULL_SECRET,
        /** RoleBindings of owners, developers and the deployer. */
        ACCESS,
        /** A ConfigMap that Grafana's sidecar takes. */
        DASHBOARDS,
        /** PodMonitor and PrometheusRule of the Prometheus operator. */
        MONITORING
    }

    /**
     * How tenants' namespaces come to a login with which their images are pulled.
     *
     * @param name of the Secret in each namespace; empty: none is made
     * @param credential the name of the secret {@code user:password}; empty: an account of its own for each namespace
     * @param days how long such an account lives; it is renewed when a third of them is left; 0: the Secret is wanted no more
     */
    public record PullPolicy(String name, String credential, int days) implements Serializable {
        public static final PullPolicy NONE = new PullPolicy("", "", 0);

        public boolean isOn() {
            return !name.isEmpty() && days > 0;
        }

        /** Wanted no more: what was made goes. */
        public PullPolicy gone() {
            return new PullPolicy(name, credential, 0);
        }
    }

    /**
     * How tenants' GitOps repositories come to be.
     *
     * @param managed whether onboarding makes them on their Git server and protects their branches
     * @param webhook the address that the Git server tells of pushes; empty: none
     */
    public record RepositoryPolicy(boolean managed, String webhook) implements Serializable {
        /** The name of the secret with which a Git server signs what it sends. */
        public static final String SECRET = "IMAAS_WEBHOOK_SECRET";

        public static final RepositoryPolicy USUAL = new RepositoryPolicy(true, "");
    }

    /**
     * How tenants' spaces on the image registry come to be.
     *
     * @param storage bytes that a tenant's images may take, as a Kubernetes quantity; empty: as the registry has it
     * @param keep how many of the newest artifacts of each image stay; 0: all
     * @param credential the name of the secret {@code user:password} of the account that makes spaces
     */
    public record RegistryPolicy(RegistryPolicy.Kind kind, String storage, int keep, String credential)
            implements Serializable {
        /** The name of the secret where the platform names none. */
        public static final String SECRET = "IMAAS_REGISTRY_ADMIN";

        public static final RegistryPolicy USUAL = new RegistryPolicy(RegistryPolicy.Kind.DISTRIBUTION, "", 0, SECRET);

        /** What speaks the distribution specification has no spaces of its own; a kind beyond it has. */
        public enum Kind {
            DISTRIBUTION,
            HARBOR
        }

        public boolean isHarbor() {
            return kind == RegistryPolicy.Kind.HARBOR;
        }
    }

    /**
     * By which Gateway services of type {@code gateway} are reached from outside.
     *
     * @param kind whose policies it takes
     * @param name of the Gateway; empty: services make their own Ingresses
     * @param listener of the Gateway; empty: all that fit
     * @param issuer of the tokens that callers must bring; empty: none is asked for
     * @param jwks where the issuer's keys are
     * @param audiences of which a token must name one; empty: any
     */
    public record GatewayPolicy(
            GatewayPolicy.Kind kind,
            String namespace,
            String name,
            String listener,
            String issuer,
            String jwks,
            List<String> audiences)
            implements Serializable {
        public static final GatewayPolicy NONE =
                new GatewayPolicy(GatewayPolicy.Kind.PLAIN, "", "", "", "", "", List.of());

        /** A gateway whose own policies are known; a plain one takes routes alone. */
        public enum Kind {
            PLAIN,
            ENVOY
        }

        public GatewayPolicy {
            audiences = List.copyOf(audiences);
        }

        public boolean isOn() {
            return !name.isEmpty();
        }

        public boolean asksForTokens() {
            return !issuer.isEmpty();
        }
    }

    /**
     * A Service in the cluster to which all services send something, such as traces by OTLP.
     *
     * @param url of a Service in the cluster, such as {@code http://otel-collector.observability:4317}; empty: nowhere
     */
    public record Collector(String url) implements Serializable {
        public static final Collector NONE = new Collector("");

        public boolean isOn() {
            return !url.isEmpty();
        }

        public String namespace() {
            return URI.create(url).getHost().split("\\.")[1];
        }

        public int port() {
            return URI.create(url).getPort();
        }
    }
}
