package io.imaas.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.git.GitHttpServer.Fault;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.port.GitRepository;
import io.imaas.testing.Git;
import io.imaas.testing.TestKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random schedules with faults at every point of a push. Whatever happens, seen from outside with Git's own commands: a
 * change that was reported landed is there, none is there twice, and no byte of anybody else's is touched.
 * {@code -Dimaas.tries=N} runs N schedules; {@code -Dimaas.seed=N} begins at one.
 */
class SchedulesTest {
    private static final int TRIES = Integer.getInteger("imaas.tries", 2);
    private static final long SEED =
            Long.getLong("imaas.seed", ThreadLocalRandom.current().nextInt(1_000_000));
    private static final int WRITERS = 3;
    private static final List<Fault> FAULTS = List.of(Fault.CUT_REQUEST, Fault.LOSE_ANSWER, Fault.UNAVAILABLE);
    private static final int CHANGES = 6;
    private static final int DISTURBANCES = 6;

    @TempDir
    private Path temp;

    @Test
    void noScheduleLosesDoublesOrManglesAChangeOverFiles() throws Exception {
        for (long seed = SEED; seed < SEED + TRIES; seed += 2) {
            run(seed, null);
        }
    }

    @Test
    void noScheduleLosesDoublesOrManglesAChangeOverHttp() throws Exception {
        try (GitHttpServer http = new GitHttpServer(temp)) {
            for (long seed = SEED + 1; seed < SEED + TRIES; seed += 2) {
                run(seed, http);
            }
        }
    }

    private void run(long seed, GitHttpServer http) throws Exception {
        Path folder = Files.createDirectory(temp.resolve("s" + seed));
        GitFixture server = GitFixture.bare(folder.resolve("server.git"));
        RepositoryUrl url = http == null ? server.url() : http.url("s" + seed + "/server.git");
        server.commit("dev", "log", "begin\n");
        Random random = new Random(seed);
        if (http != null) {
            Random faults = new Random(seed);
            http.faults(() -> {
                synchronized (faults) {
                    return faults.nextInt(4) > 0 ? Fault.NONE : FAULTS.get(faults.nextInt(FAULTS.size()));
                }
            });
        } else {
            installFaultyHooks(server.folder(), random);
        }
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Path> caches = new ArrayList<>();
        try {
            List<Future<?>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                Path cache = folder.resolve("cache" + writer);
                caches.add(cache);
                writers.add(threads.submit(new WriterRun(cache, url, writer, random.nextLong())));
            }
            int person = 0;
            while (!writers.stream().allMatch(Future::isDone)) {
                if (person < DISTURBANCES || random.nextInt(5) == 0) {
                    disturb(server, caches, random, person++);
                }
                Thread.sleep(random.nextInt(200));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        } finally {
            threads.shutdownNow();
        }
        check(server, seed);
        CacheSlot.delete(folder);
    }

    /** Pushes are refused, killed half-way, or killed after they were accepted, each now and then. */
    private static void installFaultyHooks(Path server, Random random) throws IOException {
        String now = "[ $(( $(od -An -N1 -tu1 /dev/urandom) % " + (4 + random.nextInt(4)) + " )) = 0 ]";
        hook(server, "pre-receive", now + " && kill -9 $PPID; exit 0");
        hook(server, "post-receive", now + " && kill -9 $PPID; exit 0");
    }

    private static void hook(Path server, String name, String script) {
        Git.in(server).hook(name, script);
    }

    /** A person commits at the same time; a killed server leaves its lock behind, which an operator takes away. */
    private static void disturb(GitFixture server, List<Path> caches, Random random, int number) throws IOException {
        switch (number < DISTURBANCES ? random.nextInt(4) : 3) {
            case 0 -> {
                try {
                    server.commit("dev", "person" + number, "mine\n");
                } catch (IllegalStateException lostRace) {
                    assertThat(lostRace).isNotNull();
                }
            }
            case 1 -> {
                Path cache = caches.get(random.nextInt(caches.size()));
                corrupt(cache, random);
            }
            default -> {
                Path lock = server.folder().resolve("refs/heads/dev.lock");
                // 0 where Git took it away meanwhile.
                long made = lock.toFile().lastModified();
                if (made > 0 && made < System.currentTimeMillis() - 1500) {
                    Files.deleteIfExists(lock);
                }
            }
        }
    }

    private static void corrupt(Path cache, Random random) throws IOException {
        if (!Files.exists(cache)) {
            return;
        }
        List<Path> victims = new ArrayList<>();
        try (var walk = Files.walk(cache)) {
            walk.filter(file -> file.toString().contains("/objects/") || file.endsWith("shallow"))
                    .filter(Files::isRegularFile)
                    .forEach(victims::add);
        } catch (UncheckedIOException inMotion) {
            return;
        }
        if (!victims.isEmpty()) {
            Path victim = victims.get(random.nextInt(victims.size()));
            Files.deleteIfExists(victim);
        }
    }

    private static void check(GitFixture server, long seed) {
        List<String> keys = server.git("log", "--format=%(trailers:key=Imaas-Key,valueonly,separator=)", "dev")
                .lines()
                .filter(line -> !line.isBlank())
                .sorted()
                .toList();
        List<String> expected = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            for (int i = 0; i < CHANGES; i++) {
                expected.add("w" + writer + "c" + i);
            }
        }
        expected.sort(null);
        assertThat(keys).as("keys, seed %d", seed).isEqualTo(expected);
        List<String> lines = server.file("dev", "log").lines().toList();
        List<String> sorted = new ArrayList<>(lines.subList(1, lines.size()));
        sorted.sort(null);
        assertThat(lines.get(0)).isEqualTo("begin");
        assertThat(sorted).as("content, seed %d", seed).isEqualTo(expected);
        assertThat(server.git("fsck", "--strict", "--no-dangling")).doesNotContain("error");
        server.git("log", "--format=%H %s", "dev")
                .lines()
                .filter(line -> line.contains("by hand: person"))
                .forEach(line -> assertThat(server.file("dev", line.substring(line.indexOf("person"))))
                        .isEqualTo("mine\n"));
    }

    /** One process' worth of changes; each is tried until it is reported landed, sometimes by a new process. */
    private record WriterRun(Path cache, RepositoryUrl url, int writer, long seed) implements Runnable {
        @Override
        public void run() {
            Random random = new Random(seed);
            GitRepositories process = open(random);
            try {
                ExecutorService callers = Executors.newFixedThreadPool(3);
                List<Future<?>> pending = new ArrayList<>();
                for (int i = 0; i < CHANGES; i++) {
                    String key = "w" + writer + "c" + i;
                    GitRepository repository = process.at(url);
                    pending.add(callers.submit(() -> WriterProcess.land(repository, key)));
                    if (i == CHANGES / 2 && random.nextBoolean()) {
                        await(pending);
                        process.close();
                        process = open(random);
                    }
                }
                await(pending);
                callers.shutdown();
            } finally {
                process.close();
            }
        }

        private static void await(List<Future<?>> pending) {
            for (Future<?> future : pending) {
                try {
                    future.get();
                } catch (Exception problem) {
                    throw new IllegalStateException(problem);
                }
            }
        }

        private GitRepositories open(Random random) {
            long jump = random.nextInt(3) == 0 ? random.nextLong(-400_000_000L, 400_000_000L) : 0;
            return new GitRepositories(
                    TestKey.signed(GitSettings.of(cache, GitAccess.anonymous(), new JumpyClock(jump))));
        }
    }

    /** A clock that is years wrong, and wrong again each time. */
    private static final class JumpyClock extends GitFixture.SystemClock {
        private final long jump;

        JumpyClock(long jump) {
            this.jump = jump;
        }

        @Override
        public Instant now() {
            long seconds = jump == 0 ? 0 : ThreadLocalRandom.current().nextLong(Math.abs(jump)) * Long.signum(jump);
            return super.now().plus(Duration.ofSeconds(seconds));
        }
    }
}
