package io.imaas.plan.gate;

import static io.imaas.plan.gate.Occasion.CHART;
import static io.imaas.plan.gate.Occasion.DELIVERY;
import static io.imaas.plan.gate.Occasion.DIRECT_PUSH;
import static io.imaas.plan.gate.Occasion.LANDING;
import static io.imaas.plan.gate.Occasion.PROMOTION;
import static io.imaas.plan.gate.Occasion.RELEASE;
import static io.imaas.plan.gate.Occasion.RESUME;
import static io.imaas.plan.gate.Occasion.ROLLBACK;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureKind;
import io.imaas.plan.gate.GateAnswer.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which gates are asked on which occasion: the one list of all gates. The table in docs/promotion.md is made of it. */
public final class GateTable {
    /** A release comes from the environment before. */
    private static final Set<Occasion> PROMOTED = Set.of(PROMOTION, DIRECT_PUSH);

    /** A release comes, by a build or from the environment before. */
    private static final Set<Occasion> RELEASED = Set.of(RELEASE, PROMOTION, DIRECT_PUSH);

    /** As {@link #RELEASED}, and asked again when the release is about to land. */
    private static final Set<Occasion> LANDED = Set.of(LANDING, RELEASE, PROMOTION, DIRECT_PUSH);

    /** An environment gets something that it did not have before. */
    private static final Set<Occasion> FORWARD = Set.of(LANDING, RELEASE, PROMOTION, CHART, DIRECT_PUSH);

    /** Wherever manifests change. */
    private static final Set<Occasion> RENDERED = Set.of(LANDING, RELEASE, PROMOTION, CHART, DIRECT_PUSH, ROLLBACK);

    private static final List<Row> ROWS = List.of(
            row(
                    "path",
                    new PathGate(),
                    "Do the environments follow each other on the service's own path?",
                    "a promotion from the environment before",
                    PROMOTED),
            row(
                    "order",
                    new OrderGate(),
                    "Did a rollout see this very digest healthy in the environment before (a chart: what runs with it there), verified by the platform's checks, for as long as `soak` says?",
                    "a healthy rollout there, and time; `--assume-healthy` where nobody observed it",
                    Set.of(PROMOTION, CHART, DIRECT_PUSH)),
            row(
                    "stop-the-line",
                    new StopTheLineGate(),
                    "Has nobody stopped the platform, the tenant or the service (`stopTheLine`)? A release to the first environment passes, but brings nothing along that people pushed meanwhile.",
                    "removing `stopTheLine`; it names the reason and, from `stoppedBy`, whom to ask",
                    FORWARD),
            row(
                    "offboarding",
                    new OffboardingGate(),
                    "Do the tenant and the service stay, without an announced `offboarding`?",
                    "removing `offboarding`",
                    Set.of(DELIVERY, LANDING, RELEASE, PROMOTION, DIRECT_PUSH)),
            row(
                    "offboarded",
                    new OffboardedGate(),
                    "Are the tenant and the service still there? From the day of their `offboarding` on they are not.",
                    "removing `offboarding` and onboarding again; never by force",
                    Set.of(DELIVERY, LANDING, RELEASE, PROMOTION, CHART, DIRECT_PUSH, ROLLBACK, RESUME)),
            row(
                    "freeze",
                    new FreezeGate(),
                    "Is today outside the freeze windows of the environment?",
                    "time; it names the next opening",
                    FORWARD),
            row(
                    "window",
                    new WindowGate(),
                    "Is it now within the hours of the environment, the platform's and the tenant's `windows`?",
                    "time; it names the next opening",
                    FORWARD),
            row(
                    "hold",
                    new HoldGate(),
                    "Is the service free of a hold in the environment? A rollback sets one.",
                    "`imaas resume`",
                    FORWARD),
            row(
                    "approval",
                    new ApprovalGate(),
                    "Did the required number of approvers approve exactly this content, and did nobody refuse it?",
                    "`imaas approve`; any later change of the content needs another approval",
                    FORWARD),
            row(
                    "image",
                    new ImageGate(),
                    "Does one of the platform's `registries` serve the image, and is it the service's own, not another's and none of a preview?",
                    "pushing the image",
                    RELEASED),
            row(
                    "tests",
                    new TestsGate(),
                    "Did its unit tests pass (where `policy.noTests` is `fail`)?",
                    "a build with a unit-test server",
                    RELEASED),
            row(
                    "signature",
                    new SignatureGate(),
                    "Did one of those whom `policy.images.signedBy` lists, by a key or without one, sign exactly this digest?",
                    "`cosign sign` by one of them",
                    RELEASED),
            row(
                    "provenance",
                    new ProvenanceGate(),
                    "Did an orchestrator sign that the image was built from the service's own repository (where `policy.images.builtFor` says for what)?",
                    "`imaas deliver`, or the service's pipeline",
                    PROMOTED),
            row(
                    "sbom",
                    new SbomGate(),
                    "Did an orchestrator sign the image's bill of materials (where `policy.images.sbom` is true)?",
                    "`imaas deliver`, or the service's pipeline",
                    PROMOTED),
            row(
                    "vulnerabilities",
                    new VulnerabilityGate(),
                    "Did a recent scan, signed by a listed scanner, find nothing forbidden in the image (where there is `policy.images.vulnerabilities`)?",
                    "another build, a scan, or an exception of an admin",
                    PROMOTED),
            row(
                    MigrationGate.NAME,
                    new MigrationGate(),
                    "Are the migration scripts those of the service's own repository, is every versioned one that ever ran in the environment unchanged, is none missing that it has, and does none come late, with a lower version?",
                    "taking the change back or putting the script back, and a new script with a higher version",
                    Set.of(DELIVERY, LANDING, RELEASE, PROMOTION, DIRECT_PUSH)),
            row(
                    "render",
                    new RenderGate(),
                    "Does the chart render with these values, by Helm itself?",
                    "a change of the values",
                    FORWARD),
            row(
                    "identity",
                    new IdentityGate(),
                    "Is the image of every container the release itself (of its migration, the one that `policy.manifests.migrations` lists), and is every object, by name, namespace and labels, the service's own?",
                    "removing it from the values; an admin for a sidecar (`policy.manifests.sidecars`)",
                    RENDERED),
            row(
                    "kinds",
                    new KindsGate(),
                    "Are all objects of kinds that the chart creates?",
                    "removing it from the values",
                    RENDERED),
            row(
                    "network",
                    new NetworkGate(),
                    "Do network policies, hosts and Services open only reviewed connections?",
                    "removing it from the values, or the tenant's `network`",
                    RENDERED),
            row(
                    "isolation",
                    new IsolationGate(),
                    "Are pods isolated: nothing of their node, nothing that keeps it from being emptied, no other account, and no annotations or labels that other software acts on?",
                    "removing it from the values; an admin for annotations (`policy.manifests.annotations`)",
                    RENDERED),
            row(
                    "policy",
                    new PolicyGate(),
                    "Do the admission policies of the platform repository let every object in?",
                    "a change of the values; an admin for the policy",
                    RENDERED),
            row(
                    ExternalGate.NAME,
                    new ExternalGate(),
                    "Does every system that `gates` in `platform.yaml` names for the environment answer yes, such as a change ticket?",
                    "its answer; it is asked again after `askAgain`",
                    LANDED),
            row(
                    QuotaGate.NAME,
                    new QuotaGate(),
                    "Does everything that the tenant would run there fit into its quota, at every moment of the update?",
                    "a larger quota, fewer replicas or smaller resources",
                    FORWARD));

    private GateTable() {}

    /**
     * A gate and when it is asked.
     *
     * @param name stable and short, such as {@code freeze}
     * @param question what it asks, for the documentation
     * @param opener what opens it, for the documentation
     */
    record Row(String name, Gate gate, String question, String opener, Set<Occasion> occasions)
            implements java.io.Serializable {}

    private static Row row(String name, Gate gate, String question, String opener, Set<Occasion> occasions) {
        return new Row(name, gate, question, opener, occasions);
    }

    static List<Row> rows() {
        return ROWS;
    }

    /** Asks all gates of the question's occasion. Gates that have nothing to tell are left out. */
    public static List<GateAnswer> ask(Question question) {
        List<GateAnswer> answers = new ArrayList<>();
        for (Candidate candidate : question.arriving()) {
            ask(question.about(candidate), false, answers);
        }
        if (!question.arriving().isEmpty()) {
            ask(question, true, answers);
        }
        return answers;
    }

    /**
     * What a plan tells first of all: the scripts that will run.
     *
     * @param answers what was answered to the question
     */
    public static List<String> migrations(Question question, List<GateAnswer> answers) {
        Set<String> running = question.arriving().stream()
                .filter(candidate -> !MigrationGate.running(candidate).isEmpty())
                .map(Candidate::subject)
                .collect(Collectors.toSet());
        return answers.stream()
                .filter(answer -> answer.gate().equals(MigrationGate.NAME)
                        && answer.state() == State.OPEN
                        && running.contains(answer.subject()))
                .map(answer -> answer.subject() + ": " + answer.found())
                .toList();
    }

    private static void ask(Question question, boolean together, List<GateAnswer> into) {
        for (Row row : ROWS) {
            Gate gate = row.gate();
            if (gate.asksForAllTogether() == together && row.occasions().contains(question.occasion())) {
                Answer answer = answer(row, question);
                if (!answer.equals(Answer.notAsked())) {
                    GateAnswer asked = GateAnswer.of(row.name(), question.subject(), question.services(), answer);
                    boolean forced = question.overrides().force() && gate.canBeForced();
                    into.add(forced ? asked.passed(State.FORCED) : asked);
                }
            }
        }
    }

    /** A gate that fails does not open, and keeps no other gate from being asked. */
    private static Answer answer(Row row, Question question) {
        try {
            return row.gate().ask(question);
        } catch (RuntimeException defect) {
            return Answer.unanswered(
                    new Failure(
                            FailureKind.DEFECT,
                            "the gate " + row.name() + " failed: " + defect,
                            "",
                            "this is a defect of the orchestrator: please report it"),
                    question.again());
        }
    }
}
