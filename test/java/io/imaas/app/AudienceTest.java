package io.imaas.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.rollout.RunNotice;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceSettings.Notification;
import io.imaas.model.tenancy.ServiceSettings.When;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real repositories: whom the services' imaas.yaml names is told, of what it names. */
class AudienceTest {
    @TempDir
    private Path folder;

    private World world;

    @BeforeEach
    void begin() {
        world = new World(folder, Map.of("order-api", "repository: file://" + folder.resolve("sources.git")));
    }

    @AfterEach
    void end() {
        world.close();
    }

    private Audience.Found of(When occasion, String environment) {
        RunNotice notice = new RunNotice(
                "1",
                occasion,
                "Deliver",
                "failed",
                "orders",
                environment.isEmpty() ? null : new EnvironmentName(environment),
                List.of(new RunNotice.Part("order-api", "", "")),
                "@ann",
                "",
                "",
                Instant.EPOCH);
        return new Audience(world.ports()::git).of(world.tenant(), notice);
    }

    private void push(String branch, String notifications) {
        world.push(branch, Map.of("imaas.yaml", "notifications:\n" + notifications));
    }

    @Test
    void thoseAreToldWhoAskedForIt() {
        push(
                "main",
                """
                  - {channel: slack, to: "#usual"}
                  - {channel: slack, to: "#all", when: [success, failure]}
                  - {channel: webhook, to: approvals, when: [approval]}
                """);
        assertThat(of(When.FAILURE, "dev").recipients())
                .extracting(Notification::to)
                .containsExactly("#usual", "#all");
        assertThat(of(When.RECOVERY, "dev").recipients())
                .extracting(Notification::to)
                .containsExactly("#usual", "#all");
        assertThat(of(When.SUCCESS, "dev").recipients())
                .extracting(Notification::to)
                .containsExactly("#all");
        assertThat(of(When.APPROVAL, "").recipients())
                .extracting(Notification::to)
                .containsExactly("approvals");
    }

    @Test
    void aRecipientIsToldOnceHoweverOftenItIsNamed() {
        push(
                "main",
                """
                  - {channel: slack, to: "#all", when: [failure]}
                  - {channel: slack, to: "#all", when: [failure, success]}
                """);
        assertThat(of(When.FAILURE, "dev").recipients()).hasSize(1);
    }

    @Test
    void anEnvironmentsOwnBranchSaysWhoIsToldOfIt() {
        push("main", "  - {channel: slack, to: \"#main\"}\n");
        push("test", "  - {channel: slack, to: \"#test\"}\n");
        assertThat(of(When.FAILURE, "test").recipients())
                .extracting(Notification::to)
                .containsExactly("#test");
        assertThat(of(When.FAILURE, "prod").recipients())
                .extracting(Notification::to)
                .containsExactly("#main");
    }

    @Test
    void whoCannotBeReadIsToldAndNothingElseFails() {
        push("main", "  - {channel: pigeon, to: coop}\n");
        Audience.Found found = of(When.FAILURE, "dev");
        assertThat(found.recipients()).isEmpty();
        assertThat(found.failures()).singleElement().satisfies(failure -> assertThat(failure.sentence())
                .contains("order-api/imaas.yaml", "channel"));
    }

    @Test
    void aRepositoryThatSaysNothingTellsNobody() {
        assertThat(of(When.FAILURE, "dev"))
                .extracting(Audience.Found::recipients, Audience.Found::failures)
                .containsExactly(List.of(), List.of());
    }
}
