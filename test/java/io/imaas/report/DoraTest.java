package io.imaas.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.image.Digest;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.report.Deployment.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoraTest {
    private static final Instant DAY = Instant.parse("2026-11-20T00:00:00Z");
    private static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final EnvironmentName PROD = new EnvironmentName("prod");

    private static Deployment one(EnvironmentName environment, int image, Kind kind, int hour) {
        return new Deployment(
                new ServiceName("api"),
                environment,
                new Digest("sha256:" + Integer.toString(image).repeat(64)),
                kind,
                DAY.plus(Duration.ofHours(hour)),
                "@ann",
                "x",
                new CommitId("a".repeat(40)));
    }

    @Test
    void itCountsWhatCameToProdAndHowLongItTook() {
        List<Deployment> all = List.of(
                one(PROD, 3, Kind.PROMOTED, 12),
                one(PROD, 1, Kind.ROLLED_BACK, 9),
                one(PROD, 2, Kind.PROMOTED, 8),
                one(PROD, 1, Kind.PROMOTED, 5),
                one(DEV, 3, Kind.DELIVERED, 10),
                one(DEV, 2, Kind.DELIVERED, 4),
                one(DEV, 1, Kind.DELIVERED, 1));
        Dora dora = Dora.of(all, PROD, DAY);
        assertThat(dora).isEqualTo(new Dora(3, 1, 1, Duration.ofHours(4), Duration.ofHours(1)));
        assertThat(dora.failureRate()).isEqualTo(33);
    }

    @Test
    void aPeriodBeginsWhenItBegins() {
        List<Deployment> all = List.of(one(DEV, 1, Kind.DELIVERED, 1), one(PROD, 1, Kind.PROMOTED, 30));
        assertThat(Dora.of(all, PROD, DAY.plus(Duration.ofHours(29))))
                .isEqualTo(new Dora(1, 0, 0, Duration.ofHours(29), null));
        assertThat(Dora.of(all, PROD, DAY.plus(Duration.ofHours(31)))).isEqualTo(new Dora(0, 0, 0, null, null));
        assertThat(Dora.of(List.of(), PROD, DAY).failureRate()).isZero();
    }
}
