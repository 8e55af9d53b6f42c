package io.imaas.testing;

import io.imaas.adapter.argocd.api.ArgoCdClient;
import io.imaas.adapter.argocd.api.EventStream;
import io.imaas.adapter.argocd.api.ServerSettings;
import io.imaas.adapter.argocd.follow.FeedSource;
import io.imaas.adapter.argocd.machine.ApplicationName;
import io.imaas.adapter.argocd.machine.ApplicationView;
import io.imaas.adapter.cel.CelAdmissionPolicies;
import io.imaas.adapter.forge.Forges;
import io.imaas.adapter.forge.http.ForgeLogin;
import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitRepositories;
import io.imaas.adapter.git.GitSettings;
import io.imaas.adapter.helm.HelmRenderer;
import io.imaas.adapter.mi.pom.PomReader;
import io.imaas.adapter.mi.verify.CarPartsReader;
import io.imaas.adapter.oci.HttpImageRegistry;
import io.imaas.adapter.oci.RegistryCredentials;
import io.imaas.adapter.oci.TagLists;
import io.imaas.adapter.system.SystemClock;
import io.imaas.adapter.web.HttpWebQuestions;
import io.imaas.adapter.xml.XmlParser;
import io.imaas.catalog.CatalogReader;
import io.imaas.catalog.Read;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Problem;
import io.imaas.model.identity.Secret;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CarFile;
import io.imaas.model.source.GitHosts;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.HttpGate;
import io.imaas.port.AdmissionPolicies;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads hostile inputs one after the other, and prints for each {@code NAME: refused: why}, or what went wrong. Runs in a
 * process of its own with a small heap.
 */
public final class HostileInputs {
    private final Path folder;
    private final String flood;

    private HostileInputs(Path folder, String flood) {
        this.folder = folder;
        this.flood = flood;
    }

    private interface Input {
        String read();
    }

    /** @param arguments the folder with the prepared files, and the URL of a server that never stops */
    public static void main(String[] arguments) {
        HostileInputs inputs = new HostileInputs(Path.of(arguments[0]), arguments[1]);
        inputs.tell("blob", inputs::blob);
        inputs.tell("zip-bomb", inputs::zipBomb);
        inputs.tell("flood", inputs::flood);
        inputs.tell("yaml-depth", () -> catalog("platform.yaml", "a: " + "[".repeat(400_000)));
        inputs.tell("yaml-length", () -> catalog("platform.yaml", "a: " + "x".repeat(20_000_000)));
        inputs.tell("yaml-aliases", () -> catalog("tenants/orders.yaml", aliases()));
        inputs.tell("policy-depth", () -> catalog("policies/p.yaml", "a: " + "{a: ".repeat(200_000)));
        inputs.tell("manifest-depth", () -> manifests("a: " + "[".repeat(200_000)));
        inputs.tell("manifest-aliases", () -> manifests(aliases()));
        inputs.tell("policy-doubling", HostileInputs::doubling);
        inputs.tell("xml-elements", () -> xml("<a>" + "<b/>".repeat(1_000_000) + "</a>"));
        inputs.tell("xml-length", () -> xml("<a>" + "b".repeat(20_000_000) + "</a>"));
        inputs.tell("pom-doubling", inputs::pom);
        inputs.tell("registry-answer", inputs::registry);
        inputs.tell("registry-tags", inputs::tags);
        inputs.tell("registry-layer", inputs::layer);
        inputs.tell("forge-list", inputs::reviews);
        inputs.tell("git-references", inputs::references);
        inputs.tell("argocd-answer", inputs::application);
        inputs.tell("argocd-log", inputs::log);
        inputs.tell("argocd-line", inputs::line);
        inputs.tell("argocd-list", inputs::list);
        System.exit(0);
    }

    private void tell(String name, Input input) {
        String outcome;
        try {
            outcome = input.read();
        } catch (FailureException refused) {
            outcome = "refused: " + refused.failure().kind() + ": "
                    + refused.failure().what();
        } catch (Throwable wrong) {
            outcome = "WRONG: " + wrong;
        }
        System.out.println(name + ": " + outcome.lines().findFirst().orElse(""));
    }

    private String blob() {
        try (GitRepositories repositories = new GitRepositories(
                GitSettings.of(folder.resolve("cache"), GitAccess.anonymous(), new SystemClock()))) {
            var repository = repositories.at(new RepositoryUrl("file://" + folder.resolve("huge.git")));
            var head = repository.head(new BranchName("main")).orElseThrow();
            repository.read(head, "services/order-api/values.yaml");
            return "WRONG: it was read";
        }
    }

    private String zipBomb() {
        new CarPartsReader().of(new CarFile(folder.resolve("bomb.car").toString(), "bomb", "1.0.0", "0", "native"));
        return "WRONG: it was read";
    }

    private static String xml(String text) {
        XmlParser.read(text.getBytes(StandardCharsets.UTF_8), "a.xml");
        return "WRONG: it was read";
    }

    private String pom() {
        new PomReader(folder).read(folder.resolve("pom.xml"));
        return "WRONG: it was read";
    }

    private String flood() {
        new HttpWebQuestions(name -> Optional.empty())
                .ask(new HttpGate.Call("GET", flood, Map.of(), "", "", HttpGate.Login.BEARER));
        return "WRONG: it was read";
    }

    private String registry() {
        String address = URI.create(flood).getAuthority();
        new HttpImageRegistry(RegistryCredentials.none())
                .labels(ImageRef.parse(address + "/orders/api@sha256:" + "a".repeat(64)));
        return "WRONG: it was read";
    }

    private String tags() {
        new TagLists(RegistryCredentials.none())
                .of(ImageRef.parse(image("many")).repository());
        return "WRONG: it was read";
    }

    private String layer() {
        new HttpImageRegistry(RegistryCredentials.none()).cars(ImageRef.parse(image("layers")));
        return "WRONG: it was read";
    }

    /** @param path of a repository, with what its server knows it by */
    private String image(String path) {
        return URI.create(flood).getAuthority() + "/" + path + "/api@sha256:"
                + Digest.of(SmallHeapAnswers.MANIFEST).hex();
    }

    private String reviews() {
        String host = flood.replaceFirst("/$", "");
        ForgeLogin login =
                new ForgeLogin(name -> Optional.of(new Secret("t0ken")), "git", GitHosts.only(List.of(host)));
        try (Forges forges = new Forges(new SystemClock())) {
            forges.pullRequests(new RepositoryUrl(flood + "acme/many.git"), login)
                    .orElseThrow()
                    .reviews(1);
            return "WRONG: it was read";
        }
    }

    private String references() {
        try (GitRepositories repositories = new GitRepositories(
                GitSettings.of(folder.resolve("cache"), GitAccess.anonymous(), new SystemClock()))) {
            repositories.at(new RepositoryUrl(flood + "references.git")).head(new BranchName("main"));
            return "WRONG: it was read";
        }
    }

    private String application() {
        try (ArgoCdClient client = argoCd()) {
            client.find(
                    "an application", () -> client.api().application("orders-dev-order-api", null, "orders-dev", null));
            return "WRONG: it was read";
        }
    }

    /** What a tenant's pod writes. */
    private String log() {
        try (ArgoCdClient client = argoCd()) {
            client.once(
                    "a log", client.api().logs("order-api", "pod", null, "orders-dev", "orders-dev", 15, false, false));
            return "WRONG: it was read";
        }
    }

    private String line() {
        try (ArgoCdClient client = argoCd()) {
            List<String> why = new ArrayList<>();
            new EventStream(client, Runnable::run).open(new FeedSource.Sink() {
                @Override
                public void changed(ApplicationView view) {
                    why.add("WRONG: it was read");
                }

                @Override
                public void removed(ApplicationName name) {
                    why.add("WRONG: it was read");
                }

                @Override
                public void alive() {
                    why.add("WRONG: it was read");
                }

                @Override
                public void closed(String told) {
                    why.add("refused: " + told);
                }
            });
            return why.get(0);
        }
    }

    private String list() {
        try (ArgoCdClient client = argoCd()) {
            List<String> why = new ArrayList<>();
            new EventStream(client, Runnable::run)
                    .list(answer -> why.add(
                            answer.applications() == null ? "refused: " + answer.trouble() : "WRONG: it was read"));
            return why.get(0);
        }
    }

    private ArgoCdClient argoCd() {
        return new ArgoCdClient(new ServerSettings(URI.create(flood), new Secret("any"), ""), new SystemClock());
    }

    private static String catalog(String path, String text) {
        Map<String, String> files = new HashMap<>();
        files.put("platform.yaml", "platform: acme\nregistries: [registry.example.org/imaas]\n");
        files.put(path, text);
        return said(CatalogReader.read(files));
    }

    private static String said(Read<Catalog> read) {
        return read.problems().stream()
                .filter(Problem::isError)
                .findFirst()
                .map(problem -> "refused: " + problem.sentence())
                .orElse("WRONG: it was read");
    }

    private static String aliases() {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            text.append("a").append(i).append(": &a").append(i).append(" [");
            text.append(("*a" + (i - 1) + ", ").repeat(10)).append("x]\n");
        }
        return text.toString();
    }

    private static String manifests(String text) {
        new HelmRenderer().read(text, "orders-dev");
        return "WRONG: it was read";
    }

    /** Each variable is twice the one before. */
    private static String doubling() {
        StringBuilder variables = new StringBuilder("    - {name: v0, expression: \"'0123456789'\"}\n");
        for (int i = 1; i < 40; i++) {
            variables
                    .append("    - {name: v")
                    .append(i)
                    .append(", expression: variables.v")
                    .append(i - 1);
            variables.append(" + variables.v").append(i - 1).append("}\n");
        }
        String policy =
                """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: doubling}
                spec:
                  matchConstraints: {resourceRules: [{apiGroups: ["*"], apiVersions: ["*"], operations: ["*"], resources: ["*"]}]}
                  variables:
                %s  validations: [{expression: variables.v39 == ''}]
                ---
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicyBinding
                metadata: {name: doubling}
                spec: {policyName: doubling, validationActions: [Deny]}
                """
                        .formatted(variables);
        Catalog catalog = CatalogReader.read(Map.of(
                        "platform.yaml",
                        "platform: acme\nregistries: [registry.example.org/imaas]\n",
                        "policies/p.yaml",
                        policy))
                .orThrow();
        Manifest any = new Manifest("v1", "Service", "orders-dev", "api", "", Map.of("kind", "Service"));
        return new CelAdmissionPolicies()
                .review(catalog.policies(), new AdmissionPolicies.Question(Map.of(), List.of(), List.of(any))).stream()
                        .filter(verdict -> verdict.isRefusal())
                        .findFirst()
                        .map(verdict -> "refused: " + verdict.message())
                        .orElse("WRONG: it was let in");
    }
}
