package io.imaas.step.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.identity.GitWriter;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.port.Commit;
import io.imaas.port.GitHistory;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BranchLogTest {
    private static final GitWriter ANN = new GitWriter("ann", "ann@example.org");

    private static Commit commit(String digit) {
        return new Commit(new CommitId(digit.repeat(40)), List.of(), List.of(ANN), ANN, Instant.EPOCH, digit, Map.of());
    }

    @Test
    void theServerIsAskedOnceABranchHoweverManyServicesThereAre() {
        List<Object> asked = new ArrayList<>();
        List<Commit> commits = List.of(commit("3"), commit("2"), commit("1"));
        GitHistory repository = (GitHistory) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {GitHistory.class}, (proxy, method, arguments) -> {
                    asked.add(arguments[0]);
                    return Map.of("a", commits);
                });
        BranchLog log = BranchLog.of(repository, Set.of("a", "b"), 3);
        BranchName dev = new BranchName("dev");
        BranchName prod = new BranchName("prod");

        assertThat(log.of(dev, "a", 2)).isEqualTo(commits.subList(0, 2));
        assertThat(log.of(dev, "a", 3)).isEqualTo(commits);
        assertThat(log.of(dev, "b", 3)).isEmpty();
        assertThat(log.of(prod, "a", 1)).hasSize(1);
        assertThat(asked).containsExactly(dev, prod);
    }
}
