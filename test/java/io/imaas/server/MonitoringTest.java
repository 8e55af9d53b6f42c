package io.imaas.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.imaas.model.failure.FailureException;
import io.imaas.port.EventLog;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What operators load into Grafana and Prometheus, against what the server measures. */
class MonitoringTest extends HooksWorld {
    private static final Pattern METRIC = Pattern.compile("imaas_[a-z_]+");

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

    private Set<String> measured() {
        sender.gitHub("d", Sender.push(GITOPS, "dev"));
        sender.post("github", "{}", Map.of());
        String samples = sender.get("/metrics")
                .body()
                .lines()
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
        assertThat(rules).hasSize(6).allSatisfy(rule -> {
            assertThat(rule.path("alert").asText()).matches("Imaas[A-Za-z]+");
            assertThat(rule.at("/labels/severity").asText()).isIn("warning", "critical");
            assertThat(rule.at("/annotations/summary").asText()).endsWith(".");
        });
        assertThat(measured()).containsAll(metrics(String.join(" ", rules.findValuesAsText("expr"))));
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
    void deliveriesThatCouldNotBeKeptAreCounted() {
        EventLog full = (EventLog) Proxy.newProxyInstance(
                EventLog.class.getClassLoader(),
                new Class<?>[] {EventLog.class},
                (proxy, method, given) -> method.getName().equals("append")
                        ? CompletableFuture.failedFuture(
                                FailureException.external("the disk is full", "", "", Duration.ofSeconds(1)))
                        : method.invoke(log, given));
        try (Server broken = serve(full, 100)) {
            Sender to = new Sender(broken.address());
            assertThat(to.gitHub("a", Sender.push(GITOPS, "dev")).statusCode()).isEqualTo(503);
            assertThat(to.get("/metrics").body())
                    .contains("imaas_hook_deliveries_total{kind=\"github\",result=\"failed\"} 1.0");
        }
    }
}
