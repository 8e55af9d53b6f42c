package io.imaas.plan.gate;

import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.plan.snapshot.Snapshot;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * What gates are asked: may these services come to their environment?
 *
 * @param arriving the services; one, unless the gate asks for all together
 */
public record Question(
        Occasion occasion,
        Platform platform,
        Tenant tenant,
        Snapshot snapshot,
        Overrides overrides,
        List<Candidate> arriving)
        implements Serializable {
    public Question {
        arriving = List.copyOf(arriving);
    }

    Question about(Candidate one) {
        return new Question(occasion, platform, tenant, snapshot, overrides, List.of(one));
    }

    Candidate candidate() {
        return arriving.get(0);
    }

    ServiceName service() {
        return candidate().service().name();
    }

    Environment environment() {
        return candidate().environment();
    }

    GitOpsState state() {
        return snapshot.state();
    }

    Instant now() {
        return snapshot.state().at();
    }

    LocalDate today() {
        return platform.dayOf(now());
    }

    List<ServiceName> services() {
        return arriving.stream().map(one -> one.service().name()).toList();
    }

    String subject() {
        return arriving.size() == 1
                ? candidate().subject()
                : tenant.name() + " -> " + environment().name();
    }

    /** The tenant's file in the platform repository. */
    String tenantFile() {
        return tenantFile(tenant);
    }

    static String tenantFile(Tenant tenant) {
        return "tenants/" + tenant.name() + ".yaml";
    }

    /** A command of the command line that works wherever it is pasted. */
    String command(Object... words) {
        return PastedCommand.of(tenant, words);
    }

    /** The command that brings an environment the chart that platform.yaml names for it. */
    String chart(EnvironmentName environment) {
        return "imaas promote --chart " + environment + " --tenant " + tenant.name();
    }

    /** The command that asks the same again. */
    String again() {
        return switch (occasion) {
            case DELIVERY, LANDING -> "imaas deliver --service " + service();
            case RELEASE ->
                command(
                        "release",
                        service(),
                        environment().name(),
                        "--image",
                        candidate().release().image());
            case PROMOTION ->
                candidate()
                        .provenIn()
                        .map(before -> command(
                                "promote", service(), before, environment().name()))
                        .orElseGet(() -> command("status", service()));
            case CHART -> chart(environment().name());
            case DIRECT_PUSH -> command("review", environment().name());
            case ROLLBACK -> command("rollback", service(), environment().name());
            case RESUME -> command("resume", service(), environment().name());
        };
    }
}
