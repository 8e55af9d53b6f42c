package io.imaas.cli;

import io.imaas.app.Audit;
import io.imaas.app.Imaas;
import io.imaas.app.Onboarded;
import io.imaas.app.OnboardingRuns;
import io.imaas.app.Orphans;
import io.imaas.app.Ports;
import io.imaas.app.assembly.Assembly;
import io.imaas.report.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code imaas audit}: where the world is not as the platform's files say. */
@Command(
        name = "audit",
        description = {
            "List where tenants' namespaces, network rules, access, applications and branches differ "
                    + "from the platform's",
            "files: the most severe first, with the name of the client that set a field. Exits with 1 if "
                    + "anything differs.",
            "--repair corrects what it may correct, and lists what is left. Nothing is deleted."
        })
public final class AuditCommand extends CliCommand {
    private static final int FOUND = 1;

    @Mixin
    private final TenantArguments names = new TenantArguments();

    @Mixin
    private final PlatformOptions platform = new PlatformOptions();

    @Mixin
    private final ActorOptions actor = new ActorOptions();

    @Mixin
    private final TargetOptions target = new TargetOptions();

    @Option(names = "--repair", description = "correct what differs, then check again")
    private boolean repair;

    @Mixin
    private final CommitOptions commits = new CommitOptions();

    @Mixin
    private final FormatOption format = new FormatOption();

    @Override
    protected int run() {
        platform.required();
        target.required();
        if (repair) {
            look(platform.assembly(settings()), done -> (format.json() ? err() : out()).print(Audit.repaired(done)));
        }
        List<Audit.Finding> findings = look(platform.assembly(settings()).previewing(), done -> {});
        if (format.json()) {
            out().println(Json.pretty(findings));
        } else {
            out().print(Audit.text(findings));
        }
        return findings.isEmpty() ? 0 : FOUND;
    }

    /** @param told takes what came of it for each tenant */
    private List<Audit.Finding> look(Assembly given, Consumer<List<Onboarded>> told) {
        try (Assembly assembly = given) {
            if (names.all()) {
                assembly.manyTenants();
            }
            platform.addTo(assembly, commits);
            assembly.registry();
            target.addTo(assembly, err()::println);
            Ports ports = assembly.ports().build();
            Imaas imaas = Imaas.on(ports, PlatformSource.read(platform.platform(), ports::git));
            List<Onboarded> done = new OnboardingRuns(imaas, actor.actor(), false)
                    .all(names.of(imaas), () -> event -> {}, err()::println);
            told.accept(done);
            List<Audit.Finding> findings = new ArrayList<>(Audit.of(done));
            names.broken(imaas.catalog()).forEach(one -> findings.addAll(Audit.ofFiles(one.errors())));
            if (names.all()) {
                findings.addAll(Audit.ofFiles(Orphans.of(imaas.catalog(), ports)));
            }
            return findings;
        }
    }
}
