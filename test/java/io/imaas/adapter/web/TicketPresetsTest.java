package io.imaas.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.imaas.adapter.cel.CelExpressions;
import io.imaas.catalog.CatalogReader;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Secret;
import io.imaas.model.tenancy.HttpGate;
import io.imaas.plan.snapshot.HttpGateFacts;
import io.imaas.plan.step.CallGate;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepOutput;
import io.imaas.step.runner.CallGateRunner;
import io.imaas.testing.Loopback;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The presets of the documentation against a system that keeps tickets. Each request that reaches it, and each answer that it
 * gives, is checked against what the vendor publishes about its API.
 */
class TicketPresetsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The systems: how a ticket is written in an answer, and which words of theirs mean what. */
    private enum Vendor {
        SERVICENOW("servicenow", "approved -1", "requested -4", "rejected -4", "requested 4", "0"),
        JIRA("jira", "Approved", "Waiting for approval", "Declined", "Genehmigt", "Completed"),
        JIRA_DATA_CENTER("jira-data-center", "Approved", "Waiting for approval", "Declined", "Genehmigt", "Completed");

        private final String file;
        private final String approved;
        private final String waiting;
        private final String refused;
        private final String unknown;
        private final String ended;

        Vendor(String file, String approved, String waiting, String refused, String unknown, String ended) {
            this.file = file;
            this.approved = approved;
            this.waiting = waiting;
            this.refused = refused;
            this.unknown = unknown;
            this.ended = ended;
        }

        private boolean isJira() {
            return this != SERVICENOW;
        }
    }

    private static final class Ticket {
        private final String content;
        private String state;

        Ticket(String content, String state) {
            this.content = content;
            this.state = state;
        }
    }

    private final List<Ticket> tickets = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private Vendor vendor;
    private int refusal;
    private JsonNode described;
    private HttpServer server;
    private HttpGate gate;

    private void start(Vendor which) throws IOException {
        vendor = which;
        described = JSON.readTree(
                Path.of("test/fixtures/gates/" + vendor.file + ".json").toFile());
        server = Loopback.http();
        server.createContext("/", this::handle);
        server.start();
        gate = documented();
    }

    /** Whatever a test was about: nothing was sent or answered that the vendor does not know. */
    @AfterEach
    void stop() {
        server.stop(0);
        assertThat(wrong).isEmpty();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readNBytes(10_000), StandardCharsets.UTF_8);
            String query =
                    Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
            asked.add(exchange.getRequestMethod() + " " + path + " " + body);
            JsonNode call = call(exchange.getRequestMethod(), path);
            for (String parameter : query.isEmpty() ? new String[0] : query.split("&")) {
                String name = parameter.substring(0, parameter.indexOf('='));
                if (!call.path("query").toString().contains('"' + name + '"')) {
                    wrong.add("no query parameter " + name + " on " + path);
                }
            }
            if (call.has("body")) {
                check(call.get("body"), body);
            } else if (!body.isEmpty()) {
                wrong.add("no body on " + path);
            }
            answer(
                    exchange,
                    call,
                    refusal != 0 ? refusal : status(exchange),
                    refusal != 0 ? "" : reply(exchange, body, query));
        }
    }

    private JsonNode call(String method, String path) {
        for (Map.Entry<String, JsonNode> each : described.get("calls").properties()) {
            if ((method + " " + path).matches(each.getKey().replaceAll("\\{\\w+}", "[^/]+"))) {
                return each.getValue();
            }
        }
        wrong.add("no such call is described: " + method + " " + path);
        return JSON.createObjectNode();
    }

    private void check(JsonNode schema, String text) throws IOException {
        ObjectNode root = schema.deepCopy();
        root.set("types", described.path("types"));
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(root)
                .validate(JSON.readTree(text))
                .forEach(problem -> wrong.add(text + ": " + problem));
    }

    private void answer(HttpExchange exchange, JsonNode call, int status, String text) throws IOException {
        JsonNode schema = call.path("answers").path(String.valueOf(status));
        String body = status >= 400 && vendor == Vendor.SERVICENOW
                ? "{\"error\": {\"message\": \"no\"}, \"status\": \"failure\"}"
                : text;
        if (schema.isMissingNode()) {
            wrong.add("no status " + status + " is described");
        } else if (!schema.isEmpty()) {
            check(schema, body);
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private int status(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        return switch (exchange.getRequestMethod()) {
            case "POST" -> path.endsWith("/transitions") ? 204 : 201;
            default -> 200;
        };
    }

    /** The newest ticket that a query asks for; what is new, and what has changed. */
    private String reply(HttpExchange exchange, String body, String query) throws IOException {
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getPath();
        if (method.equals("GET")) {
            Matcher content = Pattern.compile("[0-9a-f]{64}").matcher(URLDecoder.decode(query, StandardCharsets.UTF_8));
            assertThat(content.find()).isTrue();
            List<String> found = new ArrayList<>();
            for (int i = tickets.size() - 1; i >= 0 && found.isEmpty(); i--) {
                if (tickets.get(i).content.equals(content.group())
                        || tickets.get(i).content.startsWith("any")) {
                    found.add(written(i));
                }
            }
            return switch (vendor) {
                case SERVICENOW -> "{\"result\": " + found + "}";
                case JIRA -> "{\"isLast\": true, \"issues\": " + found + "}";
                case JIRA_DATA_CENTER -> "{\"startAt\": 0, \"maxResults\": 1, \"total\": 1, \"issues\": " + found + "}";
            };
        }
        JsonNode sent = JSON.readTree(body);
        if (path.endsWith("/transitions")) {
            newest().state = sent.at("/transition/id").asText().equals("31") ? "Completed" : "Failed";
            return "";
        }
        if (method.equals("PATCH")) {
            newest().state = "approved " + sent.get("state").asText();
            return "{\"result\": " + written(tickets.size() - 1) + "}";
        }
        String content = vendor.isJira()
                ? sent.at("/fields/labels/0").asText().replaceFirst("imaas-", "")
                : sent.get("correlation_id").asText();
        tickets.add(new Ticket(content, vendor.waiting));
        return vendor.isJira()
                ? "{\"id\": \"1\", \"key\": \"CHG-1\"}"
                : "{\"result\": " + written(tickets.size() - 1) + "}";
    }

    private String written(int number) {
        String state = tickets.get(number).state;
        return vendor.isJira()
                ? "{\"id\": \"1\", \"key\": \"CHG-" + number + "\", \"fields\": {\"status\": {\"name\": \"" + state
                        + "\"}}}"
                : "{\"sys_id\": \"" + "%032x".formatted(number) + "\", \"number\": \"CHG" + number
                        + "\", \"approval\": \""
                        + state.split(" ")[0] + "\", \"state\": \"" + state.split(" ")[1] + "\", \"correlation_id\": \""
                        + tickets.get(number).content + "\"}";
    }

    private Ticket newest() {
        return tickets.get(tickets.size() - 1);
    }

    /** From nothing to the end, and once more: what has ended is no yes to the next time. */
    @ParameterizedTest
    @EnumSource
    void aTicketIsMadeOnceAwaitedAndClosedWithTheResult(Vendor which) throws IOException {
        start(which);
        HttpGateFacts nothing = ask();
        assertThat(nothing.missing()).isTrue();
        call(nothing, "", Outcome.skipped(""));
        call(nothing, "", Outcome.skipped(""));
        assertThat(tickets).as("made once").hasSize(1);
        assertThat(asked)
                .filteredOn(request -> request.startsWith("POST "))
                .singleElement()
                .satisfies(made -> assertThat(made).contains("order-api 1.4.0 to prod of orders"));

        HttpGateFacts waits = ask();
        assertThat(waits.open()).isFalse();
        assertThat(waits.missing()).isFalse();
        newest().state = vendor.approved;
        HttpGateFacts open = ask();
        assertThat(open.open()).as(open.toString()).isTrue();

        call(open, "rollout", Outcome.skipped("is live already"));
        assertThat(newest().state).endsWith(vendor.ended);
        assertThat(ask().open()).as("it was for the last time").isFalse();
        assertThat(ask().missing()).as("the next time needs another").isTrue();
        call(ask(), "", Outcome.skipped(""));
        newest().state = vendor.approved;
        call(ask(), "rollout", Outcome.failed(new Failure(FailureKind.FAILED, "crash loop", "", "")));
        assertThat(asked.get(asked.size() - 1)).containsAnyOf("\"unsuccessful\"", "{\"id\": \"41\"}");
        assertThat(tickets).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void aRefusalAndAnUnknownStateKeepItClosedAndMakeNoOtherTicket(Vendor which) throws IOException {
        start(which);
        call(ask(), "", Outcome.skipped(""));
        for (String state : List.of(vendor.refused, vendor.unknown)) {
            newest().state = state;
            HttpGateFacts facts = ask();

            assertThat(facts.open()).as(state).isFalse();
            assertThat(facts.missing()).as(state).isFalse();
            assertThat(facts.found()).contains(state.split(" ")[0]);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SERVICENOW, 401",
        "SERVICENOW, 403",
        "SERVICENOW, 429",
        "JIRA, 400",
        "JIRA, 401",
        "JIRA, 429",
        "JIRA_DATA_CENTER, 401"
    })
    void whatTheSystemRefusesOpensNothingAndMakesNothing(Vendor which, int status) throws IOException {
        start(which);
        refusal = status;
        HttpGateFacts facts = ask();

        assertThat(facts.open()).isFalse();
        assertThat(facts.missing()).isFalse();
        assertThat(
                        facts.unanswered() == null
                                ? facts.found()
                                : facts.unanswered().what())
                .contains("HTTP " + status);
    }

    /** ServiceNow leaves out what it does not understand of a query, so that it answers with any ticket. */
    @Test
    void anApprovedTicketForSomethingElseOpensNothing() throws IOException {
        start(Vendor.SERVICENOW);
        tickets.add(new Ticket("any", "approved -1"));
        HttpGateFacts facts = ask();

        assertThat(facts.open()).isFalse();
        assertThat(facts.missing()).isFalse();
        assertThat(facts.found()).startsWith("ServiceNow does not filter by correlation_id: it answers with CHG0");
        assertThatThrownBy(() -> call(facts, "rollout", Outcome.skipped("")))
                .hasMessageContaining("the answer names no ticket");
        assertThat(asked).allMatch(request -> request.startsWith("GET "));
    }

    @ParameterizedTest
    @EnumSource
    void aTicketThatTheSystemDoesNotTakeIsAFailureWithItsStatus(Vendor which) throws IOException {
        start(which);
        HttpGateFacts facts = ask();
        tickets.clear();
        newestCallIsRefused();

        assertThatThrownBy(() -> call(facts, "", Outcome.skipped("")))
                .hasMessageContaining("the system behind change-ticket does not take it (HTTP 403");
    }

    private void newestCallIsRefused() {
        server.removeContext("/");
        server.createContext("/", exchange -> {
            refusal = exchange.getRequestMethod().equals("GET") ? 0 : 403;
            handle(exchange);
        });
    }

    private HttpGateFacts ask() {
        return HttpGateTest.ask(gate, web());
    }

    private static HttpWebQuestions web() {
        return new HttpWebQuestions(name -> Optional.of(new Secret("ann:secret")));
    }

    private void call(HttpGateFacts facts, String follows, Outcome ended) {
        new CallGateRunner(List.of(gate), TicketPresetsTest::web, CelExpressions::new, null)
                .run(
                        new CallGate("call", "Call", gate.name(), facts.about().words(), Map.of(), follows),
                        new StepContext() {
                            @Override
                            public <T extends StepOutput> T output(String stepId, Class<T> type) {
                                throw new AssertionError(stepId);
                            }

                            @Override
                            public Optional<Outcome> outcome(String stepId) {
                                return Optional.of(ended);
                            }

                            @Override
                            public void log(String line) {}
                        });
    }

    /** A preset of the documentation that asks the server of this test. */
    private HttpGate documented() throws IOException {
        String host = "http://127.0.0.1:" + server.getAddress().getPort();
        String page = Files.readString(Path.of("docs/gates.md"));
        String preset = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(block -> block.group(1))
                .filter(block -> block.contains(vendor.isJira() ? "atlassian" : "service-now"))
                .findFirst()
                .orElseThrow();
        if (vendor == Vendor.JIRA_DATA_CENTER) {
            for (MatchResult row : Pattern.compile("(?m)^\\| `(.+?)`.* \\| `(.+?)`.*\\|$")
                    .matcher(page.substring(page.indexOf("| Jira Cloud | Jira Data Center |")))
                    .results()
                    .toList()) {
                assertThat(preset).contains(row.group(1));
                preset = preset.replace(row.group(1), row.group(2));
            }
        }
        preset = preset.replaceAll("https://[a-z.-]+", host)
                .replaceAll("gateHosts: \\[.*", "gateHosts: ['" + host + "']");
        return CatalogReader.read(
                        Map.of("platform.yaml", "platform: acme\nregistries: [registry.example.org/imaas]\n" + preset))
                .orThrow()
                .platform()
                .gates()
                .get(0);
    }
}
