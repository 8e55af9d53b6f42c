package io.imaas.jenkins.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.failure.FailureException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class BackgroundValueTest {
    private final List<Runnable> queued = new ArrayList<>();
    private Instant now = Instant.parse("2026-03-01T08:00:00Z");
    private Callable<String> source = () -> "first";
    private final BackgroundValue<String> value =
            new BackgroundValue<>(() -> source.call(), Duration.ofSeconds(20), () -> now, queued::add);

    private void readAll() {
        List<Runnable> work = List.copyOf(queued);
        queued.clear();
        work.forEach(Runnable::run);
    }

    @Test
    void nobodyWaitsForTheFirstReading() {
        assertThat(value.look().never()).isTrue();
        readAll();
        assertThat(value.look().value()).isEqualTo("first");
    }

    @Test
    void manyWhoLookAtTheSameTimeCauseOneReading() {
        for (int i = 0; i < 50; i++) {
            value.look();
        }
        assertThat(queued).hasSize(1);
    }

    @Test
    void whatIsNewIsNotReadAgainAndWhatIsOldIs() {
        value.look();
        readAll();
        now = now.plusSeconds(20);
        value.look();
        assertThat(queued).isEmpty();
        now = now.plusSeconds(1);
        assertThat(value.look().value()).isEqualTo("first");
        assertThat(queued).hasSize(1);
    }

    /** A page that says so is looked at again at once, and not when its own time has come. */
    @Test
    void whoeverLooksAtSomethingOldHearsThatItIsReadAgain() {
        value.look();
        readAll();
        assertThat(value.look().underWay()).isFalse();
        now = now.plusSeconds(960);
        assertThat(value.look().underWay()).isTrue();
        readAll();
        assertThat(value.look().underWay()).isFalse();
        assertThat(value.look().at()).isEqualTo(now);
    }

    @Test
    void aGlanceReadsOnlyWhatNobodyEverRead() {
        value.glance();
        assertThat(queued).hasSize(1);
        readAll();
        now = now.plusSeconds(3600);
        assertThat(value.glance().value()).isEqualTo("first");
        assertThat(queued).isEmpty();
    }

    @Test
    void whatBecameOutdatedWhileItWasReadIsReadOnceMore() {
        value.look();
        value.outdated();
        readAll();
        source = () -> "second";
        value.look();
        readAll();
        assertThat(value.look().value()).isEqualTo("second");
    }

    @Test
    void aFailureSaysWhyAndKeepsWhatWasKnown() {
        value.look();
        readAll();
        source = () -> {
            throw FailureException.input("there is no such branch", "main", "push it");
        };
        value.outdated();
        value.look();
        readAll();
        assertThat(value.look().failure()).isEqualTo("main: there is no such branch (push it)");
        assertThat(value.look().value()).isEqualTo("first");
    }

    @Test
    void aDefectIsLoggedAndItsInnardsAreNotShown() {
        source = () -> {
            throw new IllegalStateException("/secret/path");
        };
        value.look();
        readAll();
        assertThat(value.look().failure()).isNotEmpty().doesNotContain("secret");
    }
}
