package io.imaas.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.image.ImageRef;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.rollout.HealthRecord.Status;
import io.imaas.model.rollout.Hold;
import io.imaas.model.rollout.Release;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.promotion.Outlook;
import io.imaas.plan.snapshot.EnvironmentState;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.report.Matrix;
import io.imaas.report.Matrix.Notice;
import io.imaas.report.MatrixBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MatrixOrderTest {
    private static final EnvironmentName PROD = new EnvironmentName("prod");
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final Hold HELD = new Hold("degraded last night", "@ann", NOW);

    @Test
    void whatFailsStandsFirstThenWhatIsHeldWhateverTheReasonOfTheHoldSays() {
        List<ServiceState> states = List.of(
                state("a-fine", Status.HEALTHY, null),
                state("b-held", Status.HEALTHY, HELD),
                state("c-fine", null, null),
                state("d-bad", Status.DEGRADED, null),
                state("e-unapplied", Status.UNAPPLIED, HELD));
        Catalog catalog = Metadata.catalog("orders", "https://github.com/acme/order-api.git");
        Tenant tenant = catalog.tenants().get(0);
        GitOpsState state = new GitOpsState(
                List.of(new EnvironmentState(PROD, null, null, states)), List.of(), List.of(), List.of(), null, NOW);

        Matrix matrix = new MatrixBuilder(tenant, state, Map.of(), new Outlook(catalog.platform(), tenant)).build();

        assertThat(matrix.rows())
                .extracting(row -> row.service().value())
                .containsExactly("d-bad", "e-unapplied", "b-held", "a-fine", "c-fine");
    }

    @Test
    void aServiceIsToldWhatIsAboutItAndNotWhatBeginsWithItsName() {
        ServiceName held = new ServiceName("b-held");
        Notice own = new Notice(held, "a weakness was found");
        Matrix all = new Matrix(
                List.of(PROD),
                List.of(new Matrix.Row(held, List.of()), new Matrix.Row(new ServiceName("a-fine"), List.of())),
                List.of(
                        own,
                        new Notice(new ServiceName("a-fine"), "b-held is called by it"),
                        Notice.ofTenant("b-held")));

        assertThat(all.of(held))
                .isEqualTo(new Matrix(List.of(PROD), List.of(new Matrix.Row(held, List.of())), List.of(own)));
    }

    private static ServiceState state(String name, Status health, Hold hold) {
        ServiceName service = new ServiceName(name);
        ImageRef image = ImageRef.parse("registry.example.org/imaas/" + name + "@sha256:" + "a".repeat(64));
        HealthRecord record = health == null
                ? null
                : new HealthRecord(service, PROD, image.digest(), health, new CommitId("1".repeat(40)), NOW, "seen");
        return new ServiceState(service, new Release(service, "1.0.0", null, null, image), record, hold, "", "");
    }
}
