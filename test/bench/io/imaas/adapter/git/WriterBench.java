package io.imaas.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.port.Change;
import io.imaas.port.Commit;
import io.imaas.port.GitRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many writers on one large repository, against what a Jenkinsfile does with Git's own commands. */
@Tag("bench")
class WriterBench {
    private static final int WRITERS = Integer.getInteger("imaas.bench.writers", 64);
    private static final int COMMITS = Integer.getInteger("imaas.bench.commits", 20_000);
    /** Seconds after which the other side is given up: what it landed by then gives a lower bound. */
    private static final int LIMIT = Integer.getInteger("imaas.bench.limit", 600);

    private static final int TENANTS = 2_000;

    /** A shallow clone, an edit, a commit, a push; after a lost race a rebase, until it is through. */
    private static final String JENKINSFILE =
            """
            trap 'exit 0' TERM
            set -e
            git clone -q --depth 1 -b dev "$1" "$2"
            cd "$2"
            echo "# $3" >> "tenants/$3/dev.yaml"
            git commit -qam "by $3"
            until git push -q origin dev 2>/dev/null; do
                git pull -q --rebase origin dev 2>/dev/null || { git rebase --abort; sleep 0.2; }
            done
            """;

    @TempDir
    private Path temp;

    @Test
    void manyWritersAtOnce() throws Exception {
        GitFixture server = BigRepository.create(temp.resolve("server.git"), TENANTS, COMMITS);
        Path script = Files.writeString(temp.resolve("jenkinsfile.sh"), JENKINSFILE);
        try (GitRepositories repositories = GitFixture.open(temp.resolve("cache"))) {
            GitRepository repository = repositories.at(server.url());
            double first = seconds(() -> repository.land(change("first", 0)));
            double warm = median(i -> repository.land(change("warm" + i, i)));
            double ours = together(i -> repository.land(change("many" + i, 100 + i)));
            List<String> subjects = server.subjects("dev");
            assertThat(IntStream.range(0, WRITERS).mapToObj(i -> "change many" + i))
                    .allMatch(subjects::contains);

            double single = seconds(() -> jenkinsfile(server, script, 1000));
            System.out.printf(
                    "one change, cold cache %.2f s, warm %.3f s; shallow clone and push %.2f s: %.1f times less%n",
                    first, warm, single, single / warm);

            double coldHistory = seconds(() -> repository.history(GitFixture.DEV, "tenants/t0007/dev.yaml", 20));
            double warmHistory = seconds(() -> repository.history(GitFixture.DEV, "tenants/t0007/dev.yaml", 20));
            List<Commit> everything = repository.history(GitFixture.DEV, "", 50_000);
            double warmLog = seconds(() -> repository.history(GitFixture.DEV, "", 50_000));
            System.out.printf(
                    "history of one file: first %.2f s, then %.2f s; of all %d commits %.2f s%n",
                    coldHistory, warmHistory, everything.size(), warmLog);

            double theirs = together(i -> jenkinsfile(server, script, 1100 + i));
            long landed = server.subjects("dev").stream()
                    .filter(subject -> subject.startsWith("by t11"))
                    .count();
            System.out.printf(
                    "%d writers at once %.2f s, all landed; shallow clones and pushes %.1f s, %d landed: %s%.1f times less%n",
                    WRITERS, ours, theirs, landed, landed < WRITERS ? "more than " : "", theirs / ours);
        }
    }

    private static Change change(String key, int tenant) {
        return GitFixture.edit("tenants/t%04d/dev.yaml".formatted(tenant), old -> old + "# " + key + "\n", key);
    }

    private String jenkinsfile(GitFixture server, Path script, int tenant) {
        return GitFixture.run(
                temp,
                "timeout",
                "--preserve-status",
                Integer.toString(LIMIT),
                "bash",
                script.toString(),
                server.url().value(),
                temp.resolve("work" + tenant).toString(),
                "t" + tenant);
    }

    private interface Numbered {
        Object run(int number) throws Exception;
    }

    private static double together(Numbered task) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            return seconds(() -> {
                List<Future<?>> pending = new ArrayList<>();
                for (int i = 0; i < WRITERS; i++) {
                    int number = i;
                    pending.add(threads.submit(() -> task.run(number)));
                }
                for (Future<?> future : pending) {
                    future.get();
                }
                return pending;
            });
        } finally {
            threads.shutdownNow();
        }
    }

    private static double median(Numbered task) throws Exception {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            int number = i;
            times.add(seconds(() -> task.run(number)));
        }
        times.sort(null);
        return times.get(times.size() / 2);
    }

    private static double seconds(Callable<?> work) throws Exception {
        long start = System.nanoTime();
        work.call();
        return (System.nanoTime() - start) / 1e9;
    }
}
