package io.imaas.adapter.argocd.follow;

import io.imaas.adapter.argocd.machine.Goal;
import io.imaas.adapter.argocd.machine.Limits;
import io.imaas.model.rollout.RolloutStatus;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** All rollouts that somebody waits for. */
public final class Rollouts {
    /** An outcome that was handed over is kept a little longer: two pipelines may wait for one commit. */
    private static final Duration AFTER_DELIVERY = Duration.ofSeconds(30);

    /** An outcome that nobody fetched: whoever wanted it is gone. */
    private static final Duration UNCLAIMED = Duration.ofHours(1);

    private final Map<Goal, FollowedRollout> followed = new ConcurrentHashMap<>();
    private final Timeline timeline;
    private final ApplicationFeed feed;
    private final CommandRunner runner;
    private final Limits limits;
    private final Executor notices;
    private final Experience experience = new Experience();

    /** @param notices where listeners are called; they may be slow */
    public Rollouts(Timeline timeline, ApplicationFeed feed, CommandRunner runner, Limits limits, Executor notices) {
        this.timeline = timeline;
        this.feed = feed;
        this.runner = runner;
        this.limits = limits;
        this.notices = notices;
    }

    /** Where a rollout stands; the first call begins to follow it. */
    public RolloutStatus follow(Goal goal) {
        return entry(goal).status();
    }

    /** Calls the listener whenever {@link #follow} would say something else, until what is returned is closed. */
    public AutoCloseable watch(Goal goal, Runnable listener) {
        FollowedRollout entry = entry(goal);
        Runnable notice = () -> notices.execute(listener);
        entry.listen(notice);
        return () -> entry.unlisten(notice);
    }

    /** How many are remembered, ended ones included. */
    public int size() {
        return followed.size();
    }

    private FollowedRollout entry(Goal goal) {
        return followed.computeIfAbsent(goal, this::begin);
    }

    private FollowedRollout begin(Goal goal) {
        FollowedRollout entry = new FollowedRollout(goal, limits, timeline, runner, experience);
        entry.listen(new Runnable() {
            @Override
            public void run() {
                if (entry.ended()) {
                    entry.unlisten(this);
                    forgetLater(goal, entry, AFTER_DELIVERY);
                    timeline.at(timeline.now().plus(UNCLAIMED), () -> followed.remove(goal, entry));
                }
            }
        });
        timeline.execute(() -> entry.begin(feed));
        return entry;
    }

    private void forgetLater(Goal goal, FollowedRollout entry, Duration pause) {
        timeline.at(timeline.now().plus(pause), () -> {
            if (entry.delivered()) {
                followed.remove(goal, entry);
            } else if (followed.get(goal) == entry) {
                forgetLater(goal, entry, pause);
            }
        });
    }
}
