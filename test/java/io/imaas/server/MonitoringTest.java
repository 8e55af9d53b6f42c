package io.imaas.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.imaas.model.failure.FailureException;
import io.imaas.port.EventLog;
import io.imaas.testing.Await;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What operators load into Grafana and Prometheus, against what the server measures. */
class MonitoringTest extends HooksWorld {
    private static final Pattern METRIC = Pattern.compile("imaas_[a-z_]+");

    private static final Pattern LABEL = Pattern.compile("(\\w+)(?:=|!=|=~|!~)\"");
    private static final Pattern BY = Pattern.compile("by \\(([^)]*)\\)");

    private static JsonNode resource(ObjectMapper mapper, String name) throws IOException {
        try (InputStream in = MonitoringTest.class.getResourceAsStream("/dashboards/" + name)) {
            return mapper.readTree(in);
        }
    }

    private static Set<String> metrics(String text) {
        return METRIC.matcher(text)
                .results()
                .map(found -> found.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String exposed() {
        sender.gitHub("d", Sender.push(GITOPS, "dev"));
        sender.post("github", "{}", Map.of());
        telemetry.reconciled("review", Duration.ofMillis(7));
        telemetry.lockWaited(Duration.ofMillis(7));
        telemetry.gateAsked("freeze", false);
        telemetry.callsLeft("github.com", 4_999);
        return sender.get("/metrics").body();
    }

    private Set<String> measured() {
        return names(exposed());
    }

    private static Set<String> names(String text) {
        String samples = text.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceFirst("[{ ].*", ""))
                .collect(Collectors.joining("\n"));
        return metrics(samples);
    }

    @Test
    void theDashboardShowsEverythingThatIsMeasuredAndNothingElse() throws IOException {
        JsonNode dashboard = resource(new ObjectMapper(), "orchestrator.json");
        assertThat(dashboard.path("panels")).allSatisfy(panel -> {
            assertThat(panel.path("title").asText()).isNotEmpty();
            assertThat(panel.path("targets")).isNotEmpty();
        });
        Set<String> measured = measured();
        // A histogram's sum and count are in its buckets.
        measured.removeIf(name -> name.endsWith("_sum") || name.endsWith("_count"));
        assertThat(metrics(String.join(" ", dashboard.findValuesAsText("expr"))))
                .isEqualTo(measured);
    }

    @Test
    void everyAlertIsAboutWhatIsMeasuredAndSaysWhatIsWrong() throws IOException {
        JsonNode rules = resource(new YAMLMapper(), "orchestrator-alerts.yaml").at("/groups/0/rules");
        assertThat(rules).hasSize(9).allSatisfy(rule -> {
            assertThat(rule.path("alert").asText()).matches("Imaas[A-Za-z]+");
            assertThat(rule.at("/labels/severity").asText()).isIn("warning", "critical");
            assertThat(rule.at("/annotations/summary").asText()).endsWith(".");
        });
        assertThat(measured()).containsAll(metrics(String.join(" ", rules.findValuesAsText("expr"))));
    }

    /** A label that a metric does not have makes an empty graph, or an alert that never comes. */
    @Test
    void everyLabelOfAnExpressionIsOneThatItsMetricHas() throws IOException {
        String exposed = exposed();
        List<String> expressions = new ArrayList<>(
                resource(new ObjectMapper(), "orchestrator.json").findValuesAsText("expr"));
        expressions.addAll(
                resource(new YAMLMapper(), "orchestrator-alerts.yaml").findValuesAsText("expr"));
        for (String expression : expressions) {
            Set<String> known = new TreeSet<>(Set.of("job", "instance"));
            metrics(expression).forEach(metric -> exposed.lines()
                    .filter(line -> line.startsWith(metric + "{"))
                    .forEach(line -> LABEL.matcher(line).results().forEach(found -> known.add(found.group(1)))));
            Set<String> used = new TreeSet<>();
            LABEL.matcher(expression).results().forEach(found -> used.add(found.group(1)));
            BY.matcher(expression)
                    .results()
                    .forEach(found -> used.addAll(List.of(found.group(1).split(", ?"))));
            assertThat(known).as(expression).containsAll(used);
        }
    }

    @Test
    void whatHappenedIsCountedByTopicOnce() {
        sender.gitHub("a", Sender.push(GITOPS, "dev"));
        sender.gitHub("a", Sender.push(GITOPS, "dev"));
        assertThat(sender.get("/metrics").body()).contains("imaas_events_total{type=\"branch.pushed\"} 1.0");
        sender.gitHub("b", Sender.push(GITOPS, "dev"));
        assertThat(sender.get("/metrics").body()).contains("imaas_events_total{type=\"branch.pushed\"} 2.0");
    }

    @Test
    void deliveriesThatCouldNotBeKeptAreCountedAndTheServerIsNotReadyMeanwhile() {
        AtomicBoolean isFull = new AtomicBoolean(true);
        EventLog full = (EventLog) Proxy.newProxyInstance(
                EventLog.class.getClassLoader(),
                new Class<?>[] {EventLog.class},
                (proxy, method, given) -> isFull.get() && method.getName().equals("append")
                        ? CompletableFuture.failedFuture(
                                FailureException.external("the disk is full", "", "", Duration.ofSeconds(1)))
                        : method.invoke(log, given));
        try (Server broken = serve(full, 100)) {
            Sender to = new Sender(broken.address());
            assertThat(to.get("/metrics").body()).contains("imaas_log_up 1.0");
            assertThat(to.gitHub("a", Sender.push(GITOPS, "dev")).statusCode()).isEqualTo(503);
            assertThat(to.get("/metrics").body())
                    .contains("imaas_hook_deliveries_total{kind=\"github\",result=\"failed\"} 1.0", "imaas_log_up 0.0");
            assertThat(to.get("/readyz").statusCode()).isEqualTo(503);
            assertThat(to.get("/readyz").body()).contains("no event could be kept: the disk is full");
            assertThat(to.get("/health").body()).contains("no event could be kept: the disk is full");
            assertThat(log.last()).isZero();
            isFull.set(false);
            // Nobody sends anything: that it is asked is enough.
            Await.until(() -> to.get("/readyz").statusCode() == 200);
            assertThat(to.get("/metrics").body()).contains("imaas_log_up 1.0");
            assertThat(log.after(0, 10))
                    .extracting(stored -> stored.event().type())
                    .containsExactly("log.interrupted", "branch.pushed");
        }
    }
}
