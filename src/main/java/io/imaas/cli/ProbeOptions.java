package io.imaas.cli;

import io.imaas.adapter.management.Expectation;
import io.imaas.adapter.management.Expectation.ExpectedCar;
import io.imaas.adapter.management.ManagementAccess;
import io.imaas.cli.help.HelpHeading;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How to ask the service itself whether it loaded what it should. */
@HelpHeading(HelpHeading.CLUSTER)
public final class ProbeOptions {
    @Option(
            names = "--probe",
            paramLabel = "URL",
            description = "the Micro Integrator's management API, such as https://order-api.orders-dev.svc:9164")
    private URI url;

    @Option(
            names = "--probe-car",
            paramLabel = "NAME[:VERSION]",
            description = "a CAR that must be loaded there; repeatable")
    private List<String> cars = List.of();

    @Option(
            names = "--probe-user",
            paramLabel = "USER",
            defaultValue = "",
            description = "the user for the management API ($IMAAS_MI_USER)")
    private String user;

    @Option(
            names = "--probe-password",
            paramLabel = "PASSWORD",
            defaultValue = "",
            description = "its password; prefer $IMAAS_MI_PASSWORD: arguments are visible")
    private Secret password;

    @Option(
            names = "--probe-ca",
            paramLabel = "FILE",
            description = "PEM file of the authorities, or of the certificate itself, to trust there instead of Java's")
    private Path authorities;

    @Option(
            names = "--probe-host-name",
            paramLabel = "NAME",
            defaultValue = "",
            description = "the name in the certificate if it is not the URL's host; the runtime's own certificate says "
                    + "localhost")
    private String hostName;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** How to log in there; empty when nobody is asked. */
    Optional<ManagementAccess> access() {
        if (url == null && cars.isEmpty()) {
            return Optional.empty();
        }
        if (url == null || cars.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--probe and --probe-car go together: where to ask, and what must be loaded");
        }
        if (user.isEmpty() || password == null) {
            throw FailureException.input(
                    "the management API needs a user and a password",
                    url.toString(),
                    "export IMAAS_MI_USER=… IMAAS_MI_PASSWORD=…");
        }
        return Optional.of(ManagementAccess.of(user, password)
                .trusting(authorities == null ? "" : TextFile.read(authorities, "check --probe-ca"), hostName));
    }

    /** What must be loaded there. */
    Expectation expectation() {
        return new Expectation(url, cars.stream().map(ExpectedCar::parse).toList());
    }
}
