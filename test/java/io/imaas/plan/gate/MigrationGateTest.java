package io.imaas.plan.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.image.ImageRef;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.rollout.Migration;
import io.imaas.model.tenancy.MigrationTool;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.gate.Answer.Closed;
import io.imaas.plan.gate.Answer.Open;
import io.imaas.plan.promotion.Scene;
import io.imaas.plan.snapshot.RanScripts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MigrationGateTest {
    private final Gate gate = new MigrationGate();

    @Test
    void itTellsWhichScriptsWillRun() {
        Open open = (Open) ask(
                Occasion.PROMOTION,
                Map.of("V1__a.sql", "x", "V2__b.sql", "x", "V10__c.sql", "x"),
                Map.of("V1__a.sql", "x"));

        assertThat(open.evidence()).isEqualTo("will run 2 new migration scripts: V2__b.sql, V10__c.sql");
    }

    @Test
    void theFirstReleaseRunsAllAndTheSameOnesRunNothing() {
        assertThat(((Open) ask(Occasion.PROMOTION, Map.of("V1__a.sql", "x"), null)).evidence())
                .isEqualTo("will run 1 new migration script: V1__a.sql");
        assertThat(((Open) ask(Occasion.PROMOTION, Map.of("V1__a.sql", "x"), Map.of("V1__a.sql", "x"))).evidence())
                .isEqualTo("no new migration scripts");
        assertThat(ask(Occasion.PROMOTION, null, null)).isEqualTo(Answer.notAsked());
    }

    @Test
    void aVersionedScriptThatTheEnvironmentHasMayNotChangeAndBothHashesAreTold() {
        Closed closed = (Closed) ask(
                Occasion.DELIVERY,
                Map.of("V1__a.sql", "y", "R__v.sql", "y"),
                Map.of("V1__a.sql", "x", "R__v.sql", "x"));

        assertThat(closed.reason())
                .matches("V1__a.sql ran in test with the content [0-9a-f]{12} and comes with [0-9a-f]{12}");
        assertThat(closed.whatOpensIt()).contains("a new script with a higher version");
    }

    @Test
    void aVersionThatOnceRanMayNotComeBackAsAnotherScript() {
        Map<String, String> ran = Map.of("V1__a.sql", "x", "V2__b.sql", "x", "R__v.sql", "x");
        RanScripts once = new RanScripts(new ServiceName("api"), migration(ran).remembered());

        assertThat(closed(once, Map.of("V1__a.sql", "x", "V2__b.sql", "y")))
                .matches("V2__b.sql ran in test with the content [0-9a-f]{12} and comes with [0-9a-f]{12}");
        assertThat(closed(once, Map.of("V1__a.sql", "x", "V2.0__c.sql", "x")))
                .matches("V2__b.sql ran in test with the content [0-9a-f]{12} and comes as V2.0__c.sql with .*");
        assertThat(gate.ask(coming(once, Map.of("V1__a.sql", "x", "later/V2__b.sql", "x", "R__v.sql", "y"))))
                .isInstanceOf(Open.class);
    }

    @Test
    void aScriptThatTheEnvironmentHasMayNotGoSinceFlywayMissesIt() {
        Closed closed = (Closed) ask(
                Occasion.DELIVERY,
                Map.of("V3__c.sql", "x"),
                Map.of("V1__a.sql", "x", "V3__c.sql", "x", "R__v.sql", "x"));

        assertThat(closed.reason())
                .isEqualTo("V1__a.sql ran in test and is missing; R__v.sql ran in test and is missing");
        assertThat(closed.whatOpensIt()).contains("put back what is missing");
        assertThat(ask(Occasion.DELIVERY, null, Map.of("V1__a.sql", "x"))).isEqualTo(Answer.notAsked());
    }

    @Test
    void aNewScriptHasAHigherVersionThanAllThatRanSinceFlywayTakesNoneLate() {
        Map<String, String> ran = Map.of("V1__a.sql", "x", "V10__c.sql", "x", "R__v.sql", "x");
        Map<String, String> coming = new TreeMap<>(ran);
        coming.putAll(Map.of("V9_1__b.sql", "x", "V10.0.1__d.sql", "x", "R__a.sql", "x"));

        assertThat(((Closed) ask(Occasion.DELIVERY, coming, ran)).reason())
                .isEqualTo("V9_1__b.sql is new and has a lower version than V10__c.sql, which ran in test");
    }

    @Test
    void afterAFailedRolloutTheScriptMayBePutRight() {
        Scene scene = scene(Map.of("V1__a.sql", "y"), Map.of("V1__a.sql", "x"))
                .runs("api", "test", "1.0.0", HealthRecord.Status.DEGRADED)
                .migration("api", "test", migration(Map.of("V1__a.sql", "x")));

        assertThat(((Open) gate.ask(scene.question(Occasion.PROMOTION, "api", "dev", "test"))).evidence())
                .isEqualTo("will run 1 new migration script: V1__a.sql");
    }

    @Test
    void byHandComesOnlyWhatTheEnvironmentBeforeHas() {
        Closed closed = (Closed)
                ask(Occasion.DIRECT_PUSH, Map.of("V1__a.sql", "x", "V2__evil.sql", "x"), Map.of("V1__a.sql", "x"));
        assertThat(closed.reason()).isEqualTo("migration.yaml was changed by hand");
        assertThat(ask(Occasion.DIRECT_PUSH, null, Map.of("V1__a.sql", "x"))).isInstanceOf(Closed.class);

        Scene scene = scene(Map.of("V1__a.sql", "x", "V2__b.sql", "x"), Map.of("V1__a.sql", "x"));
        assertThat(gate.ask(scene.question(Occasion.DIRECT_PUSH, "api", "dev", "test")))
                .isInstanceOf(Open.class);
    }

    private String closed(RanScripts once, Map<String, String> scripts) {
        return ((Closed) gate.ask(coming(once, scripts))).reason();
    }

    /** To an environment whose release before had only the first of the scripts. */
    private Question coming(RanScripts once, Map<String, String> scripts) {
        Question known = scene(scripts, Map.of("V1__a.sql", "x")).question(Occasion.PROMOTION, "api", "dev", "test");
        return new Question(
                known.occasion(),
                known.platform(),
                known.tenant(),
                known.snapshot().with(List.of(once)),
                known.overrides(),
                known.arriving());
    }

    private Answer ask(Occasion occasion, Map<String, String> coming, Map<String, String> there) {
        // What comes is not what dev has.
        Question question = scene(Map.of("V1__other.sql", "x"), there).question(occasion, "api", "dev", "test");
        Candidate asked = question.candidate();
        Candidate candidate = new Candidate(
                asked.service(),
                asked.from(),
                asked.environment(),
                asked.source().with(migration(coming)),
                asked.target());
        return gate.ask(question.about(candidate));
    }

    private static Scene scene(Map<String, String> dev, Map<String, String> test) {
        return new Scene()
                .runs("api", "dev", "1.1.0", HealthRecord.Status.HEALTHY)
                .runs("api", "test", "1.0.0", HealthRecord.Status.HEALTHY)
                .migration("api", "dev", migration(dev))
                .migration("api", "test", migration(test));
    }

    static Migration migration(Map<String, String> scripts) {
        return scripts == null
                ? null
                : new Migration(
                        MigrationTool.FLYWAY,
                        ImageRef.parse("docker.io/flyway/flyway@sha256:" + "f".repeat(64)),
                        "db",
                        new TreeMap<>(scripts));
    }
}
