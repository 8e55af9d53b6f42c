package io.imaas.report;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Effect.FieldChange;
import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.plan.Plan;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.snapshot.ManifestChange;
import io.imaas.plan.step.EnsureGitOps;
import io.imaas.plan.step.EnsureManifests;
import io.imaas.plan.step.NotNeeded;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.StepGroup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A plan as plain text, the dry run: its gates, its steps, what becomes different object by object and field by field,
 * and last how much that is.
 */
public final class PlanText {
    /** With more gates than that, those that are open are one line. */
    private static final int FEW = 15;

    private static final Pattern DIGEST = Pattern.compile("\\b([0-9a-f]{12})(?:[0-9a-f]{28}|[0-9a-f]{52})\\b");

    private final Plan plan;
    private final Terminal terminal;
    private final boolean full;
    private final StringBuilder text = new StringBuilder();

    private PlanText(Plan plan, Terminal terminal, boolean full) {
        this.plan = plan;
        this.terminal = terminal;
        this.full = full;
    }

    /** Without colours, and only what matters. */
    public static String of(Plan plan) {
        return of(plan, new Terminal(false, false), false);
    }

    /** @param full with every gate, and every line of the manifests that changes */
    public static String of(Plan plan, Terminal terminal, boolean full) {
        return new PlanText(plan, terminal, full).write();
    }

    private String write() {
        line("", terminal.bold(plan.title()));
        gates();
        plan.groups().forEach(this::group);
        plan.changes().forEach(this::change);
        plan.notes().forEach(note -> line("  ", "note: " + note));
        line("", terminal.bold(summary()));
        return text.toString();
    }

    private void gates() {
        boolean all = full || plan.gates().size() <= FEW;
        plan.gates().stream()
                .filter(gate -> all || gate.state() != GateAnswer.State.OPEN)
                .forEach(this::gate);
        List<String> open = plan.gates().stream()
                .filter(gate -> !all && gate.state() == GateAnswer.State.OPEN)
                .map(GateAnswer::gate)
                .distinct()
                .toList();
        if (!open.isEmpty()) {
            line("  ", "open      " + String.join(", ", open) + terminal.dim(" (--full tells what they found)"));
        }
    }

    private void gate(GateAnswer gate) {
        String word =
                String.format("%-9s", gate.closed() ? "CLOSED" : gate.state().word());
        String state = gate.closed()
                ? terminal.bad(word)
                : gate.state() == GateAnswer.State.OPEN ? terminal.good(word) : terminal.warn(word);
        line("  ", state + " " + gate.gate() + ": " + gate.found());
        if (!gate.opening().isEmpty()) {
            line("            ", "try: " + gate.opening());
        }
    }

    /** A group of one step that is called like the step needs no heading. */
    private void group(StepGroup group) {
        boolean alone = group.steps().size() == 1;
        if (!alone) {
            line("  ", group.title());
        }
        for (PlannedStep step : group.steps()) {
            line(alone ? "  " : "    ", "- " + step.title() + detail(step));
            step.deletions().forEach(thing -> line("        ", terminal.bad("DELETES " + thing)));
        }
    }

    private void change(ManifestChange change) {
        if (full || change.objects().isEmpty()) {
            change.lines().forEach(line -> line("  ", change.service() + ": " + line));
            return;
        }
        line("  ", "manifests of " + change.service());
        change.objects().forEach(this::object);
    }

    private void object(Effect effect) {
        String thing = effect.type() + " " + effect.name();
        switch (effect.kind()) {
            case CREATED -> line("    ", terminal.good("+ create " + thing));
            case DELETED -> line("    ", terminal.bad("- DELETE " + thing));
            default -> {
                line("    ", terminal.warn("~ change " + thing));
                // The same change in many fields, such as an image and its annotations, is told once, where it is
                // deepest.
                effect.fields().stream()
                        .collect(Collectors.groupingBy(
                                field -> List.of(field.before(), field.after()),
                                LinkedHashMap::new,
                                Collectors.toList()))
                        .values()
                        .forEach(this::fields);
            }
        }
    }

    private void fields(List<FieldChange> same) {
        FieldChange field = same.get(same.size() - 1);
        String also = same.size() == 1 ? "" : terminal.dim(" (in " + same.size() + " fields)");
        String before = shortened(field.before());
        String after = shortened(field.after());
        if (field.before().isEmpty()) {
            line("        ", terminal.good("+ " + field.field() + ": " + after) + also);
        } else if (field.takesAway()) {
            line("        ", terminal.bad("- " + field.field() + ": " + before) + also);
        } else {
            line("        ", "~ " + field.field() + ": " + terminal.bad(before) + " -> " + terminal.good(after) + also);
        }
    }

    private String summary() {
        long closed = plan.closedGates().size();
        if (closed > 0) {
            return "Plan: nothing is done, " + (closed == 1 ? "a gate is" : closed + " gates are") + " closed";
        }
        List<Effect> objects = plan.changes().stream()
                .flatMap(change -> change.objects().stream())
                .toList();
        long deleted = count(objects, Effect.Kind.DELETED) + plan.deletions().size();
        String changes = Stream.of(
                        number(count(objects, Effect.Kind.CREATED), "to create"),
                        number(count(objects, Effect.Kind.UPDATED), "to change"),
                        number(deleted, "to DELETE"))
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(", "));
        long steps = plan.neededSteps().count();
        if (steps == 0) {
            return "Plan: nothing to do";
        }
        return "Plan: " + steps + (steps == 1 ? " step" : " steps") + (changes.isEmpty() ? "" : ", " + changes);
    }

    private static String number(long count, String words) {
        return count == 0 ? "" : count + " " + words;
    }

    private static long count(List<Effect> effects, Effect.Kind kind) {
        return effects.stream().filter(effect -> effect.kind() == kind).count();
    }

    private static String detail(PlannedStep step) {
        if (step instanceof EnsureManifests manifests) {
            return ": "
                    + manifests.manifests().stream()
                            .filter(object -> !object.isAbsent())
                            .map(ClusterObject::kind)
                            .distinct()
                            .collect(Collectors.joining(", "));
        }
        if (step instanceof EnsureGitOps gitops) {
            return ": " + gitops.content();
        }
        return step instanceof NotNeeded not ? ": not needed, " + not.reason() : "";
    }

    private void line(String indent, String words) {
        text.append(indent).append(words).append('\n');
    }

    /** Digests and commits as people compare them: by their first 12 characters. */
    private static String shortened(String text) {
        return DIGEST.matcher(text).replaceAll("$1");
    }
}
