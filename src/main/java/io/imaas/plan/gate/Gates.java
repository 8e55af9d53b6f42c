package io.imaas.plan.gate;

import io.imaas.model.rollout.Approval;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Freeze;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Stop;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.snapshot.PromotionFacts;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The conditions of a promotion, each a sentence that says what would open it. */
public final class Gates {
    /** How a sentence says that nobody observed the health it speaks of. */
    public static final String ASSUMED = " is assumed healthy in ";

    private final Platform platform;
    private final Tenant tenant;
    private final PromotionFacts facts;
    private final boolean assumeHealthy;

    public Gates(Platform platform, Tenant tenant, PromotionFacts facts, boolean assumeHealthy) {
        this.platform = platform;
        this.tenant = tenant;
        this.facts = facts;
        this.assumeHealthy = assumeHealthy;
    }

    public List<Gate> of(Candidate candidate) {
        List<Gate> gates = new ArrayList<>();
        gates.add(path(candidate));
        gates.add(health(candidate));
        gates.addAll(stopTheLine(candidate));
        offboarding(candidate).ifPresent(gates::add);
        freeze(candidate).ifPresent(gates::add);
        hold(candidate).ifPresent(gates::add);
        approval(candidate).ifPresent(gates::add);
        gates.addAll(content(candidate));
        return gates;
    }

    /** The conditions of what arrives, whatever way it came. */
    public List<Gate> content(Candidate candidate) {
        List<Gate> gates =
                new ArrayList<>(new ImageGates(platform, facts).of(candidate.subject(), candidate.release()));
        render(candidate).ifPresent(gates::add);
        return gates;
    }

    private static Gate path(Candidate candidate) {
        List<EnvironmentName> path = candidate.service().environments();
        String words =
                String.join(" -> ", path.stream().map(EnvironmentName::value).toList());
        boolean follows = candidate
                .provenIn()
                .filter(proven -> proven.equals(candidate.from()) || !path.contains(candidate.from()))
                .isPresent();
        if (follows) {
            return Gate.open("path", candidate.subject(), "follows the path " + words);
        }
        return Gate.closed(
                "path",
                candidate.subject(),
                "the path of " + candidate.service().name() + " is " + words,
                candidate
                        .provenIn()
                        .map(proven -> "promote from " + proven)
                        .orElse("release it to " + path.get(0) + " by a build"));
    }

    private Gate health(Candidate candidate) {
        EnvironmentName proven = candidate.provenIn().orElse(candidate.from());
        HealthRecord health = facts.state()
                .health(
                        candidate.service().name(),
                        proven,
                        candidate.release().image().digest())
                .orElse(null);
        String release = candidate.service().name() + " " + candidate.release().version() + " ("
                + candidate.release().image().digest().abbreviated() + ")";
        if (health == null) {
            return assumeHealthy
                    ? Gate.open("order", candidate.subject(), release + ASSUMED + proven)
                    : Gate.closed(
                            "order",
                            candidate.subject(),
                            release + " was not yet seen healthy in " + proven,
                            "wait for its rollout in " + proven);
        }
        if (health.status() == HealthRecord.Status.UNAPPLIED) {
            return assumeHealthy
                    ? Gate.open("order", candidate.subject(), release + ASSUMED + proven)
                    : Gate.closed(
                            "order",
                            candidate.subject(),
                            release + " could not be applied in " + proven + ": " + health.evidence(),
                            "mend what stands in its way in " + proven + ", and let it roll out");
        }
        if (!health.status().passes()) {
            return Gate.closed(
                    "order",
                    candidate.subject(),
                    release + " is degraded in " + proven + ": " + health.evidence(),
                    "release a healthy one");
        }
        String found = release + " is healthy in " + proven + " since " + health.since();
        Duration soak = candidate.environment().soak();
        Instant opens = health.since().plus(soak);
        return facts.state().at().isBefore(opens)
                ? Gate.closed(
                        "order",
                        candidate.subject(),
                        found + "; " + candidate.environment().name() + " wants " + soak.toMinutes() + " minutes",
                        "wait until " + opens)
                : Gate.open("order", candidate.subject(), found);
    }

    /** Of whatever is new for a tenant or a service that goes. */
    public Optional<Gate> offboarding(Candidate candidate) {
        return OffboardingGate.of(
                platform,
                tenant,
                candidate.service(),
                candidate.subject(),
                facts.state().at());
    }

    private List<Gate> stopTheLine(Candidate candidate) {
        Service service = candidate.service();
        String file = "tenants/" + tenant.name() + ".yaml";
        return Stream.of(
                        stopped(candidate, platform.stopTheLine(), "of the platform", "policy.", "platform.yaml"),
                        stopped(candidate, tenant.stopTheLine(), "of tenant " + tenant.name(), "", file),
                        stopped(
                                candidate,
                                service.stopTheLine(),
                                "of " + service.name(),
                                "services[" + service.name() + "].",
                                file))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Gate> stopped(Candidate candidate, Stop stop, String whose, String path, String file) {
        String by = stop.by().isEmpty() ? "" : " by " + stop.by();
        String ask = stop.by().isEmpty() ? "'git log " + file + "' tells who" : "ask " + stop.by();
        return Optional.of(Gate.closed(
                        "stop-the-line",
                        candidate.subject(),
                        "the line " + whose + " is stopped" + by + ": " + stop.reason(),
                        "remove " + path + "stopTheLine from " + file + "; " + ask))
                .filter(gate -> stop.isOn());
    }

    private Optional<Gate> freeze(Candidate candidate) {
        LocalDate today = platform.dayOf(facts.state().at());
        List<Freeze> freezes = candidate.environment().freezes();
        return freezes.stream()
                .filter(freeze -> freeze.covers(today))
                .findFirst()
                .map(freeze -> Gate.closed(
                        "freeze",
                        candidate.subject(),
                        candidate.environment().name() + " is frozen: " + freeze.reason(),
                        "opens on " + opening(freezes, freeze.to()) + " (" + platform.zoneName() + ")"));
    }

    /** The first day after {@code last} that no window covers. */
    private static LocalDate opening(List<Freeze> freezes, LocalDate last) {
        LocalDate day = last.plusDays(1);
        for (int i = 0; i < freezes.size(); i++) {
            for (Freeze freeze : freezes) {
                if (freeze.covers(day)) {
                    day = freeze.to().plusDays(1);
                }
            }
        }
        return day;
    }

    public static Optional<Gate> hold(Candidate candidate) {
        return candidate.target() == null || candidate.target().hold() == null
                ? Optional.empty()
                : Optional.of(Gate.closed(
                        "hold",
                        candidate.subject(),
                        candidate.environment().name() + " is held by "
                                + candidate.target().hold().by() + ": "
                                + candidate.target().hold().reason(),
                        "imaas resume --service " + candidate.service().name() + " --env "
                                + candidate.environment().name()));
    }

    private Optional<Gate> approval(Candidate candidate) {
        Environment environment = candidate.environment();
        // Where people merge a pull request, their merge is the yes, and the judge asks for it.
        if (environment.approvers().isEmpty() || environment.mergedByPeople()) {
            return Optional.empty();
        }
        String fingerprint = Fingerprint.of(candidate);
        Optional<Approval> given = facts.state().approvals().stream()
                .filter(a -> a.environment().equals(environment.name())
                        && a.fingerprint().equals(fingerprint))
                .filter(a -> environment.approvers().contains(a.as()))
                .findFirst();
        return Optional.of(given.map(a -> Gate.open(
                        "approval", candidate.subject(), "approved by " + a.by() + " as " + a.as() + " at " + a.at()))
                .orElseGet(() -> Gate.closed(
                        "approval",
                        candidate.subject(),
                        "nobody approved this content (" + fingerprint.substring(0, 12) + ")",
                        "one of " + String.join(", ", environment.approvers()) + " says yes to it")));
    }

    /** Empty when nobody rendered it. */
    public Optional<Gate> render(Candidate candidate) {
        String subject = candidate.subject();
        return facts.render(candidate.service().name())
                .map(render -> render.problem().isEmpty()
                        ? Gate.open("render", subject, render.diff().size() + " lines change in the manifests")
                        : Gate.closed(
                                "render",
                                subject,
                                render.problem(),
                                "mend the values, or name the chart that they are for with --chart"));
    }
}
