package io.imaas.jenkins.run;

import hudson.model.Run;
import io.imaas.app.IntendedPlan;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.plan.step.PlannedStep;
import io.imaas.run.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The plans of one build, in {@code imaas/} below the build's folder. */
public record PlansOfBuild(Run<?, ?> run) {
    private static final Logger LOGGER = Logger.getLogger(PlansOfBuild.class.getName());

    private static final int FORMAT = 1;

    /** Keeps a plan, and shows it on the build's page. */
    public KeptPlan add(IntendedPlan plan) {
        synchronized (run) {
            int number = 1;
            while (Files.exists(file(number))) {
                number++;
            }
            write(file(number), plan);
            KeptPlan kept = kept(number, plan);
            kept.log().append(new Event.RunStarted(Instant.now(), plan.plan()));
            show();
            return kept;
        }
    }

    public List<KeptPlan> all() {
        List<KeptPlan> plans = new ArrayList<>();
        for (int number = 1; Files.exists(file(number)); number++) {
            plans.add(kept(number, read(file(number))));
        }
        return plans;
    }

    /** @throws FailureException INPUT when there is no such plan */
    public KeptPlan get(String number) {
        return all().stream()
                .filter(plan -> String.valueOf(plan.number()).equals(number))
                .findFirst()
                .orElseThrow(() -> FailureException.input(
                        "this build has no plan '" + number + "'",
                        run.getFullDisplayName(),
                        "make one with imaasPlan"));
    }

    /** The newest plan that has such a step. */
    public KeptPlan newestWith(Predicate<PlannedStep> kind, String wanted) {
        List<KeptPlan> plans = all();
        for (int i = plans.size() - 1; i >= 0; i--) {
            if (plans.get(i).plan().steps().anyMatch(kind)) {
                return plans.get(i);
            }
        }
        throw FailureException.input(
                plans.isEmpty() ? "this build has no plan yet" : "no plan of this build has anything for " + wanted,
                run.getFullDisplayName(),
                plans.isEmpty() ? "call imaasPlan first" : "see what imaasPlan returned");
    }

    /** Keeps why a step could not even begin, for people who look at the build's page and not into its log. */
    public void addFailure(Failure failure) {
        synchronized (run) {
            try {
                failures().append(KeptJson.of(failure));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            show();
        }
    }

    /** Why steps could not begin. */
    List<Failure> allFailures() {
        List<Failure> failures = new ArrayList<>();
        KeptLines lines = failures();
        for (byte[] line : lines.read()) {
            try {
                failures.add(KeptJson.read(line, Failure.class));
            } catch (IOException e) {
                throw unreadable(lines.file(), e);
            }
        }
        return failures;
    }

    private KeptLines failures() {
        return new KeptLines(folder().resolve("failures.jsonl"), run);
    }

    /** On the build's page, also if the controller is killed in a moment. */
    private void show() {
        if (run.getAction(PlansAction.class) == null) {
            run.addAction(new PlansAction());
            try {
                run.save();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private KeptPlan kept(int number, IntendedPlan plan) {
        KeptLines lines = new KeptLines(folder().resolve("events-" + number + ".jsonl"), run);
        return new KeptPlan(number, plan, new EventLog(lines, plan.plan()));
    }

    private Path folder() {
        return run.getRootDir().toPath().resolve("imaas");
    }

    private Path file(int number) {
        return folder().resolve("plan-" + number + ".json");
    }

    private void write(Path file, IntendedPlan plan) {
        try {
            Path folder = Files.createDirectories(folder());
            Path whole = Files.createTempFile(folder, "plan", ".new");
            Files.write(whole, KeptJson.of(new Form(FORMAT, plan)));
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static IntendedPlan read(Path file) {
        try {
            Form form = KeptJson.read(Files.readAllBytes(file), Form.class);
            if (form.format() != FORMAT
                    || form.intended() == null
                    || form.intended().plan() == null) {
                throw new IOException("its format is " + form.format() + ", known is " + FORMAT);
            }
            return form.intended();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** What another version wrote, or nobody. */
    static FailureException unreadable(Path file, IOException cause) {
        LOGGER.log(Level.WARNING, "can't be read: " + file, cause);
        return FailureException.input(
                "this build's plan can't be read: another version of the plugin wrote it, or the file is damaged",
                file.toString(),
                "start the build again");
    }

    /**
     * A file with a plan.
     *
     * @param format changes when files of the format before can't be read any more
     */
    record Form(int format, IntendedPlan intended) {}
}
