package io.imaas.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.failure.FailureKind;
import io.imaas.server.api.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a failure is to HTTP, and back. */
class ProblemStatusTest {
    @ParameterizedTest
    @EnumSource
    void aKindComesBackAsItWasSent(FailureKind kind) {
        assertThat(Problem.kind(Problem.status(kind))).isEqualTo(kind);
    }

    @Test
    void anotherStatusIsTheServersFaultOrTheRequests() {
        assertThat(Problem.kind(401)).isEqualTo(FailureKind.INPUT);
        assertThat(Problem.kind(404)).isEqualTo(FailureKind.INPUT);
        assertThat(Problem.kind(429)).isEqualTo(FailureKind.EXTERNAL);
        assertThat(Problem.kind(502)).isEqualTo(FailureKind.EXTERNAL);
    }
}
