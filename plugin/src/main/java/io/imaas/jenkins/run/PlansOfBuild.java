package io.imaas.jenkins.run;

import hudson.model.Run;
import io.imaas.engine.IntendedPlan;
import io.imaas.model.FailureException;
import io.imaas.plan.PlannedStep;
import io.imaas.run.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The plans of one build, in {@code imaas/} below the build's folder. */
public final class PlansOfBuild {
    private final Run<?, ?> run;

    private PlansOfBuild(Run<?, ?> run) {
        this.run = run;
    }

    public static PlansOfBuild of(Run<?, ?> run) {
        return new PlansOfBuild(run);
    }

    /** Keeps a plan, and shows it on the build's page. */
    public KeptPlan add(IntendedPlan plan) {
        synchronized (run) {
            int number = 1;
            while (Files.exists(file(number))) {
                number++;
            }
            write(file(number), plan);
            KeptPlan kept = kept(number, plan);
            kept.log().append(new Event.RunStarted(java.time.Instant.now(), plan.plan()));
            if (run.getAction(PlansAction.class) == null) {
                run.addAction(new PlansAction());
            }
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

    private KeptPlan kept(int number, IntendedPlan plan) {
        EventLog log = new EventLog(folder(), "events-" + number + ".bin");
        return new KeptPlan(number, plan, new KeptPlan.EventLogView() {
            @Override
            public List<Event> read() {
                return log.read();
            }

            @Override
            public void append(Event event) {
                synchronized (run) {
                    log.append(event);
                }
            }
        });
    }

    private Path folder() {
        return run.getRootDir().toPath().resolve("imaas");
    }

    private Path file(int number) {
        return folder().resolve("plan-" + number + ".bin");
    }

    private void write(Path file, IntendedPlan plan) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(plan);
            }
            Path folder = Files.createDirectories(folder());
            Path whole = Files.createTempFile(folder, "plan", ".new");
            Files.write(whole, bytes.toByteArray());
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static IntendedPlan read(Path file) {
        // Nobody but the controller writes below a build's folder.
        try (ObjectInputStream in = new ObjectInputStream(Files.newInputStream(file))) {
            return (IntendedPlan) in.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new UncheckedIOException(new IOException("a plan of this build can't be read: " + file, e));
        }
    }
}
