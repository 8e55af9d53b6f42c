package io.imaas.plan;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.request.Request;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.snapshot.ManifestChange;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.plan.step.NotNeeded;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.StepGroup;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What will be done for a request: groups one after the other, unless a gate is closed.
 *
 * @param title what the whole is for, such as {@code Promote order-api to test}
 * @param gates what was asked before; one closed gate and nothing is executed
 * @param notes what a person should know before saying yes
 * @param changes what becomes different in the manifests; empty where nobody renders
 */
public record Plan(
        String title,
        Request request,
        List<GateAnswer> gates,
        List<StepGroup> groups,
        List<String> notes,
        List<ManifestChange> changes)
        implements Serializable {
    /** One that changes no manifests, or does not know. */
    public Plan(String title, Request request, List<GateAnswer> gates, List<StepGroup> groups, List<String> notes) {
        this(title, request, gates, groups, notes, List.of());
    }

    public Plan {
        changes = List.copyOf(changes);
        gates = List.copyOf(gates);
        groups = List.copyOf(groups);
        notes = List.copyOf(notes);
    }

    public Stream<PlannedStep> steps() {
        return groups.stream().flatMap(group -> group.steps().stream());
    }

    /** Without those that say why there is nothing to do. */
    public Stream<PlannedStep> neededSteps() {
        return steps().filter(step -> !(step instanceof NotNeeded));
    }

    /** Whether there is nothing to do. */
    public boolean isNothing() {
        return neededSteps().findAny().isEmpty();
    }

    /** What carrying it out would take away from the world, in that order. */
    public List<String> deletions() {
        return steps().flatMap(step -> step.deletions().stream()).toList();
    }

    /** The same without some kinds of steps, for whoever leaves them to others. */
    public Plan without(Set<Class<? extends PlannedStep>> kinds, List<String> why) {
        List<StepGroup> kept = groups.stream()
                .map(group -> new StepGroup(
                        group.title(),
                        group.steps().stream()
                                .filter(step -> !kinds.contains(step.getClass()))
                                .toList()))
                .filter(group -> !group.steps().isEmpty())
                .toList();
        return new Plan(
                title,
                request,
                gates,
                kept,
                Stream.concat(notes.stream(), why.stream()).toList(),
                changes);
    }

    /** The same up to Git, for whoever leaves the rollouts to others. */
    public Plan withoutRollouts() {
        List<StepGroup> kept = groups.stream()
                .filter(group -> group.steps().stream().noneMatch(AwaitRollout.class::isInstance))
                .toList();
        return new Plan(title, request, gates, kept, notes, changes);
    }

    /** What asks for the closed gates to be opened; empty where nothing does. */
    public List<StepGroup> asking() {
        return closedGates().isEmpty()
                ? List.of()
                : groups.stream()
                        .filter(group -> group.steps().stream().anyMatch(PlannedStep::asks))
                        .toList();
    }

    public Plan with(List<StepGroup> others) {
        return new Plan(title, request, gates, others, notes, changes);
    }

    /** The gates that say no, and after them those that could not be asked. */
    public List<GateAnswer> closedGates() {
        return gates.stream()
                .filter(GateAnswer::closed)
                .sorted(Comparator.comparing(gate -> gate.kind() != FailureKind.POLICY))
                .toList();
    }

    /** What executing it now would fail with: one failure for each gate that is closed or leaves something out. */
    public List<Failure> refusals() {
        return Stream.concat(closedGates().stream(), gates.stream().filter(GateAnswer::flagged))
                .map(GateAnswer::refusal)
                .toList();
    }
}
