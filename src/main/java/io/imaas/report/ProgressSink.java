package io.imaas.report;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.Problem;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.run.Event;
import io.imaas.run.Event.EventSink;
import io.imaas.run.Outcome;
import io.imaas.run.StepOutput;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Shows runs as they go: one line for each step that ended and, on a terminal, below them one line for each that is
 * under way.
 */
public final class ProgressSink implements EventSink {
    private static final int WIDTH = 100;
    private static final int INDENT = 7;

    private final PrintWriter out;
    private final Terminal terminal;
    private final boolean verbose;
    private final Consumer<Failure> reasons;
    private final Map<String, String> underWay = new LinkedHashMap<>();
    private final Set<Problem> told = new HashSet<>();
    private final List<Event.StepEnded> skipped = new ArrayList<>();
    private int drawn;

    /**
     * @param verbose whether every line of programs' output is shown
     * @param reasons is told why a step failed, below the line that says so
     */
    public ProgressSink(PrintWriter out, Terminal terminal, boolean verbose, Consumer<Failure> reasons) {
        this.out = out;
        this.terminal = terminal;
        this.verbose = verbose;
        this.reasons = reasons;
    }

    /** A line of somebody else's, above what is under way. */
    public synchronized void say(String line) {
        erase();
        skipped();
        out.println(line);
        draw();
    }

    @Override
    public synchronized void accept(Event event) {
        erase();
        if (event instanceof Event.StepEnded ended && ended.outcome() instanceof Outcome.Skipped skip) {
            if (!skipped.isEmpty() && !skipped.get(0).outcome().equals(skip)) {
                skipped();
            }
            skipped.add(ended);
        } else if (!(event instanceof Event.StepStarted)) {
            skipped();
        }
        if (event instanceof Event.RunStarted run) {
            out.println(terminal.bold(run.plan().title()));
            run.plan().notes().forEach(note -> out.println("  note: " + note));
            run.plan().closedGates().forEach(this::refused);
        } else if (event instanceof Event.StepStarted step) {
            underWay.put(step.step().id(), step.step().title());
        } else if (event instanceof Event.StepLogged log) {
            logged(log);
        } else if (event instanceof Event.StepWaiting waiting) {
            underWay.put(waiting.step().id(), waiting.step().title() + ": " + waiting.reason());
        } else if (event instanceof Event.StepRetried retried) {
            out.println("  " + terminal.warn("again") + " " + retried.step().title() + " in " + seconds(retried.delay())
                    + ": " + retried.failure().sentence());
        } else if (event instanceof Event.StepEnded ended) {
            underWay.remove(ended.step().id());
            ended(ended);
        }
        draw();
        out.flush();
    }

    private void refused(GateAnswer gate) {
        out.println("  " + terminal.bad("refused") + " " + gate.gate() + ": " + gate.found());
        // On a line of its own, so that it can be copied.
        if (!gate.opening().isEmpty()) {
            out.println("          try: " + gate.opening());
        }
    }

    private void logged(Event.StepLogged log) {
        if (verbose) {
            out.println("    " + terminal.dim(log.line()));
        } else {
            underWay.put(log.step().id(), log.step().title() + ": " + log.line().strip());
        }
    }

    private void ended(Event.StepEnded ended) {
        Outcome outcome = ended.outcome();
        String line = ended.step().title() + " " + terminal.dim(seconds(ended.took()));
        if (outcome instanceof Outcome.Failed failed) {
            out.println("  " + terminal.bad("fail") + " " + line);
            out.flush();
            reasons.accept(failed.failure());
            failed.problems().forEach(this::problem);
        } else if (outcome instanceof Outcome.Succeeded done) {
            out.println("  " + terminal.good("ok  ") + " " + line
                    + remark(done, ended.step().title()));
            // What holds for the whole cluster is found in each environment, and told once.
            done.warnings().stream().filter(told::add).forEach(this::problem);
        }
    }

    /** Steps that were left out one after the other for the same reason, in one line: of many services they are many. */
    private void skipped() {
        if (skipped.isEmpty()) {
            return;
        }
        Outcome.Skipped skip = (Outcome.Skipped) skipped.get(0).outcome();
        String word = skip.unstable() ? terminal.warn("skip") : terminal.dim("skip");
        String more = skipped.size() == 1 ? "" : " and " + (skipped.size() - 1) + " more";
        out.println(terminal.folded(
                "  " + word + " " + skipped.get(0).step().title() + more + ": " + skip.reason(), INDENT));
        skipped.clear();
    }

    private void problem(Problem problem) {
        out.println("       " + problem.sentence());
    }

    private String remark(Outcome.Succeeded done, String title) {
        if (done.output() instanceof StepOutput.ImagePublished image) {
            return terminal.dim("  " + image.release().image().digest().abbreviated() + ", " + image.bytesPushed()
                    + " bytes pushed");
        }
        String words = ReportBuilder.Words.shortly(done, title);
        return words.isEmpty() ? "" : terminal.dim("  " + words);
    }

    private void draw() {
        if (!terminal.live()) {
            return;
        }
        // One that the terminal breaks would count as one, and its rest would stay.
        int width = Math.min(WIDTH, terminal.columns() - 1);
        for (String line : underWay.values()) {
            String text = "  ...  " + line.replaceAll("\\p{Cntrl}", " ");
            out.println(terminal.dim(text.length() > width ? text.substring(0, width) : text));
            drawn++;
        }
        out.flush();
    }

    private void erase() {
        if (drawn > 0) {
            terminal.command(out, "\u001b[" + drawn + "A\u001b[J");
            drawn = 0;
        }
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
