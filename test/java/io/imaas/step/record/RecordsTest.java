package io.imaas.step.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.dsse.DsseStatements;
import io.imaas.adapter.dsse.KeyFile;
import io.imaas.model.identity.Actor.Proof;
import io.imaas.model.image.Digest;
import io.imaas.model.record.ListedKey;
import io.imaas.model.record.Statement;
import io.imaas.model.record.Trust;
import io.imaas.model.record.Unbelieved;
import io.imaas.model.rollout.Approval;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.TreeHash;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import io.imaas.port.Seal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forged records of many kinds. */
class RecordsTest {
    private static final Instant THEN = Instant.parse("2026-11-20T10:00:00Z");
    private static final HealthRecord HEALTHY = health("dev", "a");
    private static final String PATH = GitOpsPaths.health(HEALTHY.service(), HEALTHY.environment(), HEALTHY.digest());

    @TempDir
    Path folder;

    private DsseStatements ours;
    private DsseStatements others;
    private final List<Unbelieved> told = new ArrayList<>();

    @BeforeEach
    void keys() {
        ours = new DsseStatements(new KeyFile(folder.resolve("ours")));
        others = new DsseStatements(new KeyFile(folder.resolve("others")));
        ours.sign(HEALTHY.statement(new TenantName("orders")));
        others.sign(HEALTHY.statement(new TenantName("orders")));
    }

    private static HealthRecord health(String environment, String digit) {
        return new HealthRecord(
                new ServiceName("order-api"),
                new EnvironmentName(environment),
                new Digest("sha256:" + digit.repeat(64)),
                HealthRecord.Status.HEALTHY,
                new CommitId("c".repeat(40)),
                THEN,
                "seen");
    }

    private Records records(Trust trust) {
        return new Records(ours, trust, new TenantName("orders"));
    }

    private Records listing(String from, String to) {
        return records(new Trust(
                List.of(new ListedKey(
                        ours.key().orElseThrow(),
                        from == null ? null : Instant.parse(from),
                        to == null ? null : Instant.parse(to),
                        null)),
                List.of()));
    }

    private static Statement statement(HealthRecord record, String tenant) {
        return record.statement(new TenantName(tenant));
    }

    private Optional<HealthRecord> read(Records records, String text) {
        return records.health(PATH, text, told::add);
    }

    @Test
    void aSignedRecordCounts() {
        Records records = listing(null, null);
        assertThat(read(records, records.sign(HEALTHY))).contains(HEALTHY);
        assertThat(told).isEmpty();
        HealthRecord revoked = HEALTHY.revoked(THEN.plusSeconds(60), "a pod died");
        assertThat(read(records, records.sign(revoked))).contains(revoked);
    }

    @Test
    void aRecordOfAnotherPlatformOrOfNoneDoesNotExistThoughTheKeyIsTheSame() {
        List<ListedKey> keys = List.of(ListedKey.always(ours.key().orElseThrow()));
        Records test = records(new Trust("acme-test", keys, List.of()));
        Records prod = records(new Trust("acme-prod", keys, List.of()));
        Records none = records(new Trust(keys, List.of()));
        String signed = test.sign(HEALTHY);

        assertThat(read(prod, signed)).isEmpty();
        assertThat(told)
                .extracting(Unbelieved::why)
                .containsExactly("it is a record of the platform acme-test, and this one is called acme-prod");
        assertThat(read(test, signed)).contains(HEALTHY);
        assertThat(read(none, signed)).contains(HEALTHY);
        assertThat(read(prod, none.sign(HEALTHY))).isEmpty();
        assertThat(prod.says(prod.sign(statement(HEALTHY, "orders")), statement(HEALTHY, "orders")))
                .isTrue();

        Seal.Content content = new Seal.Content(new TreeHash("a".repeat(40)), List.of(), THEN);
        assertThat(prod.seal().holds(test.seal().of(content), content)).isFalse();
        assertThat(prod.seal().holds(prod.seal().of(content), content)).isTrue();
        assertThat(prod.seal().holds(none.seal().of(content), content)).isFalse();
        assertThat(none.seal().holds(prod.seal().of(content), content)).isTrue();
    }

    @Test
    void aRecordThatNobodySignedDoesNotExist() {
        Records records = listing(null, null);
        String signed = records.sign(HEALTHY);
        assertThat(read(records, signed.replaceAll("(?s)\"signatures\" : \\[.*]", "\"signatures\" : []")))
                .isEmpty();
        assertThat(read(records, "status: \"healthy\"\ncommit: \"" + "c".repeat(40) + "\"\n"))
                .isEmpty();
        assertThat(told).extracting(Unbelieved::path).containsOnly(PATH);
        assertThat(told.get(0).why()).contains("not signed");
        assertThat(told.get(1).why()).contains("not a signed statement");
    }

    @Test
    void aRecordOfAForeignOrchestratorDoesNotExist() {
        assertThat(read(listing(null, null), others.sign(statement(HEALTHY, "orders"))))
                .isEmpty();
        assertThat(told).singleElement().satisfies(one -> assertThat(one.why()).contains("none of the keys"));
        assertThat(listing(null, null).ownDoubt()).isEmpty();
        Records foreign =
                records(new Trust(List.of(ListedKey.always(others.key().orElseThrow())), List.of()));
        assertThat(read(foreign, foreign.sign(HEALTHY))).isEmpty();
        assertThat(foreign.ownDoubt()).hasValueSatisfying(why -> assertThat(why)
                .contains("orchestrators")
                .contains(ours.key().orElseThrow().text()));
    }

    @Test
    void whereThePlatformListsNobodyAnOrchestratorBelievesItselfAlone() {
        Records records = records(Trust.NONE);
        assertThat(read(records, records.sign(HEALTHY))).contains(HEALTHY);
        assertThat(read(records, others.sign(statement(HEALTHY, "orders")))).isEmpty();
        assertThat(records.ownDoubt()).isEmpty();
    }

    @Test
    void aRecordOfAnotherTenantOrPlaceDoesNotCountHere() {
        Records records = listing(null, null);
        assertThat(read(records, ours.sign(statement(HEALTHY, "payments")))).isEmpty();
        assertThat(read(records, records.sign(health("test", "a")))).isEmpty();
        assertThat(read(records, records.sign(health("dev", "b")))).isEmpty();
        assertThat(told).extracting(Unbelieved::why).satisfies(whys -> {
            assertThat(whys.get(0)).contains("tenant payments");
            assertThat(whys.get(1)).contains("belongs to health/test/");
            assertThat(whys.get(2)).contains("belongs to health/dev/order-api/bbbb");
        });
    }

    @Test
    void aStatementOfAnotherKindIsNoHealth() {
        Approval yes = approval("@ann");
        assertThat(read(listing(null, null), ours.sign(yes.statement(new TenantName("orders")))))
                .isEmpty();
        assertThat(told).singleElement().satisfies(one -> assertThat(one.why()).contains("not a record of health"));
    }

    @Test
    void whatAKeySignedInItsTimeCountsAfterItsTime() {
        String record = ours.sign(statement(HEALTHY, "orders"));
        assertThat(read(listing("2026-01-01T00:00:00Z", "2026-11-20T10:00:01Z"), record))
                .isPresent();
        assertThat(read(listing("2026-01-01T00:00:00Z", "2026-11-20T10:00:00Z"), record))
                .isEmpty();
        assertThat(read(listing("2026-11-20T10:00:01Z", null), record)).isEmpty();
        assertThat(told).hasSize(2).allSatisfy(one -> assertThat(one.why()).contains("signed at 2026-11-20T10:00:00Z"));
    }

    @Test
    void signedNonsenseIsToldAndEndsNothing() {
        Records records = listing(null, null);
        Map<String, Object> said = new HashMap<>(statement(HEALTHY, "orders").said());
        for (String key : List.of("tenant", "service", "environment", "status", "commit", "at", "evidence")) {
            for (Object wrong : new Object[] {null, "", "\u0000", 7, List.of(), Map.of()}) {
                Map<String, Object> changed = new HashMap<>(said);
                changed.put(key, wrong);
                changed.values().removeIf(java.util.Objects::isNull);
                Statement forged = new Statement(HealthRecord.TYPE, "x", "a".repeat(64), changed);
                Optional<HealthRecord> read = read(records, ours.sign(forged));
                if (!key.equals("evidence")) {
                    assertThat(read).as(key + " = " + wrong).isEmpty();
                }
            }
        }
        assertThat(told).isNotEmpty();
    }

    @Test
    void allThatDoesNotCountIsFoundWhereverItLies() {
        Records records = listing(null, null);
        Approval yes = approval("@Ann");
        Map<String, String> files = Map.of(
                PATH,
                records.sign(HEALTHY),
                yes.path(),
                records.sign(yes.statement(new TenantName("orders"))),
                "approvals/prod/x.yaml",
                "by: \"x\"\nas: \"y\"\nat: \"yesterday\"\n",
                "approvals/prod/" + "f".repeat(64) + "/bob.json",
                records.sign(yes.statement(new TenantName("orders"))),
                "README",
                "hello");

        assertThat(records.unbelieved(files, THEN.plusSeconds(60)))
                .extracting(Unbelieved::path)
                .containsExactlyInAnyOrder(
                        "approvals/prod/x.yaml", "approvals/prod/" + "f".repeat(64) + "/bob.json", "README");
    }

    private static Approval approval(String by) {
        return new Approval(
                new ServiceName("order-api"),
                new EnvironmentName("prod"),
                "f".repeat(64),
                Approval.Verdict.YES,
                by,
                "@acme/leads",
                Proof.JENKINS,
                "",
                THEN,
                "");
    }
}
