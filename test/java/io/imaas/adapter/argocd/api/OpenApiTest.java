package io.imaas.adapter.argocd.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.imaas.adapter.argocd.api.ArgoCdApi.ProjectRequest;
import io.imaas.adapter.argocd.api.ArgoCdApi.SyncRequest;
import io.imaas.adapter.argocd.machine.ApplicationName;
import io.imaas.adapter.argocd.sim.RealTime;
import io.imaas.adapter.argocd.sim.Script;
import io.imaas.adapter.argocd.sim.SimulatedApi;
import io.imaas.adapter.argocd.sim.SimulatedApplication;
import io.imaas.adapter.argocd.sim.SimulatedArgoCd;
import io.imaas.adapter.argocd.sim.SimulatedGit;
import io.imaas.adapter.argocd.sim.SimulatedServer;
import io.imaas.adapter.system.SystemClock;
import io.imaas.model.identity.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import retrofit2.Call;

/** Every call of ours, as it goes over the wire, against Argo CD's own OpenAPI document; and the simulator's answers. */
class OpenApiTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Where the document is wrong about the server (grpc-gateway takes numbers for int64). */
    private static final String NUMBERS_FOR_INT64 = "/definitions/applicationApplicationSyncRequest";

    private final RealTime time = new RealTime();
    private final SimulatedGit git = new SimulatedGit();
    private final SimulatedArgoCd argo = new SimulatedArgoCd(new Script(time, 1).pace(0.02), git);
    private final SimulatedApi api = new SimulatedApi(argo);
    private ObjectNode document;
    private SimulatedServer server;
    private ArgoCdClient client;

    @BeforeEach
    void begin() throws IOException {
        try (InputStream in = getClass().getResourceAsStream("/argocd/openapi-subset.json")) {
            document = (ObjectNode) MAPPER.readTree(in);
        }
        close(document.get("definitions"));
        ((ObjectNode) document.at(NUMBERS_FOR_INT64 + "/properties/sourcePositions/items")).put("type", "integer");
        server = new SimulatedServer(time, api, "t");
        client = new ArgoCdClient(new ServerSettings(server.url(), new Secret("t"), ""), new SystemClock());
        time.run(() -> {
            git.commit("order-api", SimulatedGit.digest(0));
            SimulatedApplication application = argo.application(
                    "app", "orders-dev", "order-api", "https://git.example.org/o.git", "r.example.org/o");
            argo.settle(application, git.head().value());
        });
    }

    @AfterEach
    void end() {
        client.close();
        server.close();
    }

    /** Unknown fields are errors: the document itself leaves objects open. */
    private static void close(JsonNode definitions) {
        for (Map.Entry<String, JsonNode> named : definitions.properties()) {
            JsonNode definition = named.getValue();
            // A tree's node is also a reference (allOf), so neither half can be closed.
            boolean half = named.getKey().equals("v1alpha1ResourceRef") || definition.has("allOf");
            if (definition.has("properties") && !half && !definition.has("additionalProperties")) {
                ((ObjectNode) definition).put("additionalProperties", false);
            }
        }
    }

    private JsonSchema schema(JsonNode schema) {
        ObjectNode root = MAPPER.createObjectNode();
        root.setAll((ObjectNode) schema);
        root.set("definitions", document.get("definitions"));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(root);
    }

    private List<String> problems(SimulatedServer.Request request) throws IOException {
        JsonNode operation = operation(request);
        if (operation == null) {
            return List.of(request.method() + " " + request.path() + " is not in the document");
        }
        List<String> problems = new ArrayList<>();
        Set<String> queries = new TreeSet<>();
        JsonNode body = null;
        for (JsonNode parameter : operation.get("parameters")) {
            if (parameter.get("in").asText().equals("query")) {
                queries.add(parameter.get("name").asText());
            } else if (parameter.get("in").asText().equals("body")) {
                body = parameter.get("schema");
            }
        }
        request.query().keySet().stream()
                .filter(name -> !queries.contains(name))
                .forEach(name -> problems.add("no query parameter " + name + " on " + request.path()));
        if (body == null) {
            assertThat(request.body()).isEmpty();
        } else {
            schema(body).validate(MAPPER.readTree(request.body())).forEach(m -> problems.add(m.toString()));
        }
        return problems;
    }

    private JsonNode operation(SimulatedServer.Request request) {
        String method = request.method().toLowerCase(java.util.Locale.ROOT);
        JsonNode best = null;
        for (var entry : document.get("paths").properties()) {
            String form = entry.getKey().replaceAll("\\{[^}]+}", "[^/]+").replace(".", "\\.");
            if (Pattern.matches(form, request.path()) && entry.getValue().has(method)) {
                best = entry.getValue().get(method);
                if (!entry.getKey().contains("{")) {
                    return best;
                }
            }
        }
        return best;
    }

    private void call(Call<?> call) {
        try {
            call.execute();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyCallIsInTheOfficialDocument() throws IOException {
        ArgoCdApi argoCd = client.api();
        ObjectNode project = MAPPER.createObjectNode();
        project.putObject("metadata").put("name", "orders");
        project.putObject("spec").putArray("sourceRepos").add("https://git.example.org/o.git");
        ObjectNode application = MAPPER.createObjectNode();
        application.putObject("metadata").put("name", "new").putObject("labels").put("imaas.io/tenant", "orders");
        ObjectNode spec = application.putObject("spec").put("project", "orders");
        spec.putObject("source")
                .put("repoURL", "x")
                .putObject("helm")
                .putArray("valueFiles")
                .add("values.yaml");
        spec.putObject("syncPolicy").putObject("automated").put("prune", true).put("selfHeal", true);
        SyncRequest sync = new SyncRequest(
                "app",
                "ns",
                "orders",
                null,
                List.of(git.head().value()),
                List.of(1L),
                true,
                List.of(new ApplicationDocument.Info("rollout", "x")));
        List<Call<?>> calls = List.of(
                argoCd.userInfo(),
                argoCd.createProject(new ProjectRequest(project, true)),
                argoCd.updateProject("orders", new ProjectRequest(project, null)),
                argoCd.project("orders"),
                argoCd.applications(),
                argoCd.application("app", "ns", "orders", "normal"),
                argoCd.applicationJson("app", null, "orders"),
                argoCd.upsertApplication(application, true, false),
                argoCd.sync("app", sync),
                argoCd.terminate("app", null, "orders"),
                argoCd.windows("app", null, "orders"),
                argoCd.resource("app", null, "orders", "apps", "v1", "Deployment", "orders-dev", "order-api"),
                argoCd.tree("app", null, "orders"),
                argoCd.events("app", null, "orders", "orders-dev", "order-api", "uid"),
                argoCd.logs("app", "pod", null, "orders", "orders-dev", 15, false, true),
                argoCd.deleteApplication("app", null, "orders", true, "foreground"));
        calls.forEach(this::call);
        assertThat(server.requests()).hasSize(calls.size());
        List<String> problems = new ArrayList<>();
        for (SimulatedServer.Request request : server.requests()) {
            problems.addAll(problems(request));
            if (!request.method().equals("GET")) {
                assertThat(request.type()).as(request.path()).isEqualTo("application/json");
            }
        }
        assertThat(problems).isEmpty();
    }

    @Test
    void theSimulatorAnswersWithTheDocumentsOwnObjects() {
        JsonNode application = time.call(() -> api.get("orders-dev", "app"));
        assertThat(schema(ref("v1alpha1Application")).validate(application)).isEmpty();
        assertThat(schema(ref("v1alpha1ApplicationList")).validate(time.call(() -> api.list(null))))
                .isEmpty();
        assertThat(schema(ref("v1alpha1ApplicationTree")).validate(time.call(() -> api.tree("orders-dev", "app"))))
                .isEmpty();
    }

    private static JsonNode ref(String name) {
        return JsonNodeFactory.instance.objectNode().put("$ref", "#/definitions/" + name);
    }

    @Test
    void unknownFieldsAndMissingOnesAreTolerated() throws IOException {
        ObjectNode bare = (ObjectNode) MAPPER.readTree(
                "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"project\":\"p\",\"new\":{\"x\":1}},\"future\":[]}");
        ApplicationDocument read = client.mapper().treeToValue(bare, ApplicationDocument.class);
        assertThat(ApplicationReader.view(read).name()).isEqualTo(new ApplicationName("", "a"));
    }
}
