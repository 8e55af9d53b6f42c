package io.imaas.adapter.argocd.follow;

import io.imaas.adapter.argocd.machine.ApplicationName;
import io.imaas.adapter.argocd.machine.ApplicationView;
import io.imaas.model.rollout.RolloutOutcome;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How long rollouts of an application took, so that people who wait know for how long. Lives on the timeline. */
final class Experience {
    private static final int REMEMBERED = 5;

    private final Map<ApplicationName, Deque<Duration>> durations = new HashMap<>();

    void learn(ApplicationName application, Instant began, RolloutOutcome outcome) {
        if (outcome.verdict() != Verdict.LIVE) {
            return;
        }
        Deque<Duration> known = durations.computeIfAbsent(application, a -> new ArrayDeque<>());
        known.addLast(Duration.between(began, outcome.observedAt()));
        if (known.size() > REMEMBERED) {
            known.removeFirst();
        }
    }

    /** The median of the last rollouts; where there were none, of the syncs in Argo CD's own history. */
    Optional<Duration> usual(ApplicationName application, ApplicationView view) {
        Deque<Duration> known = durations.get(application);
        if (known == null) {
            return view == null ? Optional.empty() : Optional.ofNullable(view.usualSync());
        }
        return known.stream().sorted().skip(known.size() / 2).findFirst();
    }
}
