package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.testing.LongHistory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The read commands on a long history: the first call fills the cache, the others find it warm. */
@Tag("bench")
class LongHistoryBench {
    private static final int COMMITS = Integer.getInteger("imaas.bench.commits", 20_000);
    private static final int SERVICES = Integer.getInteger("imaas.bench.services", 2_000);

    @TempDir
    private Path folder;

    @Test
    void statusHistoryAndDiff() throws Exception {
        LongHistory.create(folder.resolve("orders-gitops.git"), SERVICES, COMMITS);
        for (List<String> command :
                List.of(List.of("history", "s0007"), List.of("status"), List.of("diff", "s0007", "test", "prod"))) {
            StringBuilder told = new StringBuilder();
            for (int i = 0; i < 4; i++) {
                told.append(" %.2f s".formatted(seconds(command)));
            }
            System.out.println(command.get(0) + " of " + SERVICES + " services, " + COMMITS + " commits:" + told);
        }
    }

    private double seconds(List<String> command) {
        long start = System.nanoTime();
        List<String> more = new ArrayList<>(command.subList(1, command.size()));
        CommandLineRun run = CommandLineRun.onGitOps(folder, command.get(0), more.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return (System.nanoTime() - start) / 1e9;
    }
}
