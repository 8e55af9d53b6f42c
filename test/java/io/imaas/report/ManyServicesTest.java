package io.imaas.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a tenant of hundreds of services still can read. */
class ManyServicesTest {
    private static final EnvironmentName PROD = new EnvironmentName("prod");
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    @Test
    void whatManyServicesWaitForIsToldInNumbers() {
        String status = MatrixText.of(matrix(300), NOW);
        assertThat(status)
                .contains("-> prod: approval for 300 services\nWhat to do next for each: imaas status SERVICE")
                .doesNotContain("imaas approve");
        assertThat(MatrixText.of(matrix(5), NOW)).contains("s4 -> prod: approval: imaas approve s4 prod");
    }

    @Test
    void anInboxTellsTheFirstOfManyAlikeAndTheNumberOfTheOthers() {
        String inbox = InboxText.of(items(300), NOW, Terminal.NONE);
        assertThat(inbox)
                .contains("orders/s4 prod", "and 295 more services", "300 things wait in 1 tenant.")
                .doesNotContain("orders/s5 prod");
        assertThat(InboxText.of(items(6), NOW, Terminal.NONE))
                .contains("orders/s5 prod")
                .doesNotContain("more services");
    }

    private static Matrix matrix(int services) {
        List<Matrix.Row> rows = IntStream.range(0, services)
                .mapToObj(i -> new Matrix.Row(
                        new ServiceName("s" + i),
                        List.of(new Matrix.Cell(
                                "", "", "", "", "", "", false, List.of("approval: imaas approve s" + i + " prod")))))
                .toList();
        return new Matrix(List.of(PROD), rows, List.of());
    }

    private static List<InboxItem> items(int services) {
        return IntStream.range(0, services)
                .mapToObj(i -> new InboxItem(
                        new TenantName("orders"),
                        new ServiceName("s" + i),
                        PROD,
                        InboxItem.Kind.APPROVAL,
                        "nobody approved it",
                        NOW,
                        List.of("@ann"),
                        "imaas approve s" + i + " prod"))
                .toList();
    }
}
