package io.imaas.plan.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.rollout.HealthRecord;
import io.imaas.plan.Plan;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Over random histories, nothing runs in prod that was not seen healthy in test. */
class PromotionHistoryTest {
    private final Scene scene = new Scene();
    private final Map<String, String> running = new HashMap<>();
    private final Set<String> seenHealthyInTest = new HashSet<>();
    private int builds;

    @Property(tries = 300)
    void nothingReachesProdThatWasNotHealthyInTest(@ForAll("histories") List<String> history) {
        PromotionHistoryTest one = new PromotionHistoryTest();
        for (String act : history) {
            one.perform(act);
            String inProd = one.running.get("prod");
            assertThat(inProd == null || one.seenHealthyInTest.contains(inProd))
                    .as("%s in prod after %s of %s", inProd, act, history)
                    .isTrue();
        }
    }

    @Provide
    static Arbitrary<List<String>> histories() {
        return Arbitraries.of(
                        "build",
                        "healthy dev",
                        "healthy test",
                        "degraded test",
                        "degraded dev",
                        "promote dev test",
                        "promote test prod",
                        "promote dev prod")
                .list()
                .ofMaxSize(40);
    }

    private void perform(String act) {
        String[] words = act.split(" ");
        switch (words[0]) {
            case "build" -> put("dev", "1." + builds++, null);
            case "healthy" -> observe(words[1], HealthRecord.Status.HEALTHY);
            case "degraded" -> observe(words[1], HealthRecord.Status.DEGRADED);
            default -> promote(words[1], words[2]);
        }
    }

    private void observe(String environment, HealthRecord.Status status) {
        String version = running.get(environment);
        if (version == null) {
            return;
        }
        put(environment, version, status);
        if (environment.equals("test") && status == HealthRecord.Status.HEALTHY) {
            seenHealthyInTest.add(version);
        }
    }

    private void promote(String from, String to) {
        if (running.get(from) == null) {
            return;
        }
        Plan plan = scene.promote(from, to);
        boolean moves = plan.steps().anyMatch(io.imaas.plan.step.CommitFiles.class::isInstance);
        if (moves && plan.closedGates().isEmpty()) {
            put(to, running.get(from), null);
        }
    }

    private void put(String environment, String version, HealthRecord.Status status) {
        running.put(environment, version);
        scene.runs("api", environment, version, status);
    }
}
