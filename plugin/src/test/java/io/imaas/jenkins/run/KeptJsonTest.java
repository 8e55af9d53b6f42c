package io.imaas.jenkins.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.app.IntendedPlan;
import io.imaas.model.failure.FailureException;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.Undo;
import io.imaas.run.Event;
import io.imaas.run.Outcome;
import io.imaas.run.StepOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a build keeps must be readable by every later version: docs/decisions/0010. */
class KeptJsonTest {
    @TempDir
    private Path folder;

    @Test
    void theSpecimenHasEverythingThatCanBeKept() {
        assertThat(Stream.concat(
                                EveryStep.plan().plan().steps(),
                                EveryStep.later().plan().steps())
                        .<Class<?>>map(Object::getClass))
                .containsExactlyInAnyOrderElementsOf(Stream.of(PlannedStep.class.getPermittedSubclasses())
                        .filter(kind -> !kind.equals(Undo.class))
                        .toList());
        assertThat(EveryStep.events().stream().map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(Event.class.getPermittedSubclasses());
        List<Outcome> outcomes = EveryStep.events().stream()
                .filter(Event.StepEnded.class::isInstance)
                .map(event -> ((Event.StepEnded) event).outcome())
                .toList();
        assertThat(outcomes.stream().map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(Outcome.class.getPermittedSubclasses());
        assertThat(outcomes.stream().flatMap(o -> o.handedOver().stream()).map(Object::getClass))
                .containsExactlyInAnyOrder(StepOutput.class.getPermittedSubclasses());
    }

    @Test
    void whatIsReadIsWhatWasWritten() throws Exception {
        IntendedPlan plan = EveryStep.plan();
        for (IntendedPlan one : List.of(plan, EveryStep.later())) {
            assertThat(KeptJson.read(KeptJson.of(one), IntendedPlan.class)).isEqualTo(one);
        }
        for (Event event : EveryStep.events()) {
            byte[] line = KeptJson.of(event);
            assertThat(KeptJson.event(line, plan.plan())).isEqualTo(event);
            assertThat(new String(line, UTF_8)).doesNotContain("\n").hasSizeLessThan(2000);
        }
    }

    /** It is in no plan: a run adds it when it stops. */
    @Test
    void whatTookAStepBackIsReadToo() throws Exception {
        IntendedPlan plan = EveryStep.plan();
        PlannedStep undo = new Undo(plan.plan().steps().findFirst().orElseThrow());
        Event event = new Event.StepStarted(Instant.EPOCH, undo);
        assertThat(KeptJson.event(KeptJson.of(event), plan.plan())).isEqualTo(event);
    }

    /** As the first release writes them. From then on never write these files anew: add further ones. */
    @Test
    void whatTheFirstVersionWroteIsReadStill() throws Exception {
        IntendedPlan plan =
                KeptJson.read(stored("plan-1.json"), PlansOfBuild.Form.class).intended();
        assertThat(plan).isEqualTo(EveryStep.plan());
        List<Event> events = new EventLog(
                        new KeptLines(Files.write(folder.resolve("e"), stored("events-1.jsonl")), this), plan.plan())
                .read();
        assertThat(events).isEqualTo(EveryStep.events());
    }

    private static byte[] stored(String name) throws IOException {
        try (InputStream in = KeptJsonTest.class.getResourceAsStream("first/" + name)) {
            return in.readAllBytes();
        }
    }

    @Test
    void whatALaterVersionAddsIsPassedOverAndWhatItMissesIsEmpty() throws Exception {
        String later = "{\"summary\":\"s\",\"colour\":{\"deep\":[1]},\"plan\":{\"title\":\"t\"}}";
        IntendedPlan plan = KeptJson.read(later.getBytes(UTF_8), IntendedPlan.class);
        assertThat(plan.services()).isEmpty();
        assertThat(plan.plan().groups()).isEmpty();
        assertThat(plan.intent()).isNull();
    }

    @Test
    void aLineThatWasBeingWrittenWhenThePowerWentIsLeftOut() throws Exception {
        Path file = folder.resolve("events.jsonl");
        EventLog log = new EventLog(new KeptLines(file, this), EveryStep.plan().plan());
        List<Event> events = EveryStep.events();
        log.append(events.get(0));
        byte[] whole = KeptJson.of(events.get(6));
        for (int length : new int[] {1, whole.length / 2, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, length), StandardOpenOption.APPEND);
            assertThat(log.read()).hasSizeLessThan(2 + length);
            log.append(events.get(2));
        }
        assertThat(log.read()).containsExactly(events.get(0), events.get(2), events.get(2), events.get(2));
    }

    @Test
    void anEventOfAnotherWorldIsASentence() throws Exception {
        Path file = folder.resolve("events.jsonl");
        for (String line : List.of("{\"is\":\"Danced\"}", "{\"is\":\"StepStarted\",\"step\":\"gone\"}")) {
            Files.writeString(file, line + "\n");
            assertThatThrownBy(() -> new EventLog(
                                    new KeptLines(file, this), EveryStep.plan().plan())
                            .read())
                    .isInstanceOf(FailureException.class)
                    .hasMessageContaining("this build's plan can't be read");
        }
        Files.writeString(file, Stream.of("{}", "[]", "7", "").reduce("", (a, b) -> a + b + "\n"));
        assertThatThrownBy(() ->
                        new EventLog(new KeptLines(file, this), EveryStep.plan().plan()).read())
                .isInstanceOf(FailureException.class);
    }
}
