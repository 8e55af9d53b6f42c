package io.imaas.model.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1000m",
        "0.5, 500m",
        ".5, 500m",
        "1., 1",
        "1e3, 1k",
        "1E3, 1000",
        "12E-1, 1200m",
        "1E, 1000P",
        "1Ki, 1024",
        "1Ei, 1024Pi",
        "1500Mi, 1536000Ki",
        "1000000n, 1m",
        "1000u, 1m",
        "+2, 2",
        "0, 0Gi"
    })
    void theSameAmountIsTheSameQuantityHoweverItIsWritten(String one, String other) {
        assertThat(Quantity.parse(one)).isEqualTo(Quantity.parse(other)).hasSameHashCodeAs(Quantity.parse(other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m", "1 Gi", "1gi", "1GB", "1,5", "0x10", "1e", "1e1000", "1mi", "--1", "."})
    void whatKubernetesRefusesIsRefused(String text) {
        assertThatThrownBy(() -> Quantity.parse(text)).hasMessageContaining("not a Kubernetes quantity");
    }

    @Property
    void coresReadBackAsTheSameThousandths(@ForAll @LongRange(min = 0, max = 10_000_000) long thousandths) {
        Quantity cores = Quantity.parse(thousandths + "m");
        assertThat(Quantity.parse(cores.cores())).isEqualTo(cores);
    }

    @Property
    void memoryIsToldRoundedUpByLessThanAMebibyte(@ForAll @LongRange(min = 0, max = 1L << 50) long bytes) {
        Quantity memory = Quantity.of(bytes);
        BigDecimal more = Quantity.parse(memory.memory()).minus(memory).amount();
        assertThat(more).isBetween(BigDecimal.ZERO, BigDecimal.valueOf((1 << 20) - 1));
    }

    @Property
    void sumsAreExactAndInAnyOrder(
            @ForAll @LongRange(min = 0, max = 1L << 40) long a,
            @ForAll @LongRange(min = 0, max = 1L << 40) long b,
            @ForAll @LongRange(min = 0, max = 1000) long c) {
        Quantity mixed = Quantity.parse(a + "m").plus(Quantity.parse(b + "Ki")).plus(Quantity.parse(c + "k"));
        Quantity turned =
                Quantity.parse(c * 1000 + "").plus(Quantity.of(b * 1024)).plus(Quantity.parse(a + "m"));
        assertThat(mixed).isEqualTo(turned);
        assertThat(mixed.minus(turned)).isEqualTo(Quantity.ZERO);
    }
}
