package io.imaas.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.PemCertificates;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** From what we are given to what the client library wants. */
final class ClusterSettings {
    private static final String KUBECONFIG = "kubeconfig";

    private ClusterSettings() {}

    /** @throws FailureException INPUT when it names no cluster; a secret is in no message */
    static Config of(ClusterAccess access) {
        Config found = found(access);
        return new ConfigBuilder(found)
                .withConnectionTimeout(10_000)
                .withRequestTimeout(30_000)
                // A busy server (429, 5xx) is asked again after the time that it names; longer outages are the
                // runner's.
                .withRequestRetryBackoffLimit(3)
                .withRequestRetryBackoffInterval(300)
                .build();
    }

    private static Config found(ClusterAccess access) {
        if (access instanceof ClusterAccess.Kubeconfig whole) {
            return kubeconfig(whole.text().reveal(), whole.context());
        }
        if (access instanceof ClusterAccess.Token token) {
            return token(token);
        }
        return machine(((ClusterAccess.Machine) access).context());
    }

    /** The client library takes the current context for one that it does not know, and a default address for none at all. */
    private static Config machine(String context) {
        Config config = Config.autoConfigure(null);
        List<String> known =
                config.getContexts().stream().map(NamedContext::getName).toList();
        if (known.isEmpty() && (!context.isEmpty() || config.getMasterUrl().startsWith(Config.DEFAULT_MASTER_URL))) {
            throw FailureException.input(
                    "there is no kubeconfig at " + String.join(" or ", Config.getKubeconfigFilenames())
                            + ", and this machine is not a pod of a cluster",
                    KUBECONFIG,
                    "export KUBECONFIG=FILE, which kubectl uses as well");
        }
        if (context.isEmpty() && config.getCurrentContext() == null && !known.isEmpty()) {
            throw FailureException.input("it has no current context", KUBECONFIG, "name one of " + known);
        }
        if (!context.isEmpty() && !known.contains(context)) {
            throw noContext(context, known);
        }
        return context.isEmpty() ? config : of(context);
    }

    /**
     * A context that is not the current one. The client library would keep the current one's certificate beside the chosen
     * one's token, and the server believes the certificate: so the file is read as if the chosen one were the current one.
     */
    private static Config of(String context) {
        for (String name : Config.getKubeconfigFilenames()) {
            Path file = Path.of(name);
            if (!Files.isRegularFile(file)) {
                continue;
            }
            io.fabric8.kubernetes.api.model.Config read = read(text(file));
            if (read.getContexts().stream().anyMatch(one -> one.getName().equals(context))) {
                NamedContext chosen = chosen(read, context);
                Cluster cluster = clusterOf(read, chosen);
                cluster.setCertificateAuthority(beside(file, cluster.getCertificateAuthority()));
                read.getUsers().stream().map(NamedAuthInfo::getUser).forEach(user -> {
                    user.setClientCertificate(beside(file, user.getClientCertificate()));
                    user.setClientKey(beside(file, user.getClientKey()));
                    user.setTokenFile(beside(file, user.getTokenFile()));
                });
                read.setCurrentContext(context);
                return Config.fromKubeconfig(Serialization.asYaml(read));
            }
        }
        throw incomplete("the file that has the context '" + context + "' can't be read");
    }

    /** Files that a kubeconfig names are looked up from where it is. */
    private static String beside(Path kubeconfig, String path) {
        return path == null || path.isEmpty()
                ? path
                : kubeconfig.toAbsolutePath().resolveSibling(path).toString();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw FailureException.input("it can't be read: " + e.getMessage(), file.toString(), "check its rights");
        }
    }

    private static Cluster clusterOf(io.fabric8.kubernetes.api.model.Config read, NamedContext chosen) {
        return read.getClusters().stream()
                .filter(named -> named.getName().equals(chosen.getContext().getCluster()))
                .findFirst()
                .map(NamedCluster::getCluster)
                .orElseThrow(() -> incomplete("its context '" + chosen.getName() + "' names no cluster that is in it"));
    }

    private static FailureException noContext(String context, List<String> known) {
        return FailureException.unknown("it has no context '" + context + "'", KUBECONFIG, context, known);
    }

    private static Config token(ClusterAccess.Token access) {
        ConfigBuilder config = new ConfigBuilder(Config.empty())
                .withMasterUrl(server(access.server()))
                .withOauthToken(access.token().reveal().strip());
        if (!access.certificates().isEmpty()) {
            config.withCaCertData(
                    PemCertificates.parse(access.certificates(), "the cluster").base64());
        }
        return config.build();
    }

    /** The token goes over the wire with every call. */
    private static String server(String url) {
        try {
            URI parsed = URI.create(url);
            if ("https".equals(parsed.getScheme()) && parsed.getHost() != null && parsed.getUserInfo() == null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw noServer(url);
        }
        throw noServer(url);
    }

    private static FailureException noServer(String url) {
        return FailureException.input(
                url.isEmpty() ? "a token needs the cluster's API server" : "this is not a URL of an API server",
                // A URL with a password in it is not told.
                url.contains("@") ? "" : url,
                "write its URL, such as https://cluster.example.org:6443");
    }

    private static Config kubeconfig(String text, String context) {
        io.fabric8.kubernetes.api.model.Config read = read(text);
        NamedContext chosen = chosen(read, context);
        Cluster cluster = clusterOf(read, chosen);
        requireWhole(cluster);
        read.getUsers().stream()
                .filter(named -> named.getName().equals(chosen.getContext().getUser()))
                .map(NamedAuthInfo::getUser)
                .forEach(ClusterSettings::requireWhole);
        read.setCurrentContext(chosen.getName());
        return Config.fromKubeconfig(Serialization.asYaml(read));
    }

    private static io.fabric8.kubernetes.api.model.Config read(String text) {
        io.fabric8.kubernetes.api.model.Config read;
        try {
            read = Serialization.unmarshal(text, io.fabric8.kubernetes.api.model.Config.class);
        } catch (RuntimeException e) {
            // The parser's own words quote the text, and that is a secret.
            throw FailureException.input("this is not a kubeconfig", KUBECONFIG, "give the file as kubectl reads it");
        }
        if (read == null || read.getClusters().isEmpty()) {
            throw FailureException.input("there is no cluster in it", KUBECONFIG, "give the file as kubectl reads it");
        }
        return read;
    }

    private static NamedContext chosen(io.fabric8.kubernetes.api.model.Config read, String context) {
        String name = context.isEmpty() ? read.getCurrentContext() : context;
        List<String> known =
                read.getContexts().stream().map(NamedContext::getName).toList();
        return read.getContexts().stream()
                .filter(named -> named.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> name == null || name.isEmpty()
                        ? FailureException.input("it has no current context", KUBECONFIG, "name one of " + known)
                        : noContext(name, known));
    }

    private static void requireWhole(Cluster cluster) {
        if (cluster.getCertificateAuthority() != null) {
            throw incomplete("it names files of another machine");
        }
    }

    /** Whoever may write the secret must not thereby run programs or read files here. */
    private static void requireWhole(AuthInfo user) {
        if (user.getExec() != null || user.getAuthProvider() != null) {
            throw incomplete("it logs in by running a program");
        }
        boolean files = Stream.of(user.getClientCertificate(), user.getClientKey(), user.getTokenFile())
                .anyMatch(path -> path != null && !path.isEmpty());
        if (files) {
            throw incomplete("it names files of another machine");
        }
    }

    private static FailureException incomplete(String what) {
        return FailureException.input(
                what, KUBECONFIG, "give one with everything in it: kubectl config view --raw --minify --flatten");
    }
}
