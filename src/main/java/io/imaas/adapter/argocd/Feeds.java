package io.imaas.adapter.argocd;

import io.imaas.adapter.argocd.api.ArgoCdClient;
import io.imaas.adapter.argocd.api.EventStream;
import io.imaas.adapter.argocd.follow.ApplicationFeed;
import io.imaas.adapter.argocd.follow.Feed;
import io.imaas.adapter.argocd.follow.Timeline;
import io.imaas.adapter.argocd.machine.ApplicationName;
import io.imaas.adapter.argocd.machine.Observation;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * One stream per token: one for the whole server as a rule, and one for each project that has a token of its own, which
 * can see nothing else. Lives on the timeline.
 */
final class Feeds implements Feed {
    private static final Duration RELIST = Duration.ofMinutes(5);

    private final ArgoCdClient client;
    private final Timeline timeline;
    private final Executor threads;
    private final Map<String, ApplicationFeed> feeds = new HashMap<>();

    /** @param threads one is used for each open stream */
    Feeds(ArgoCdClient client, Timeline timeline, Executor threads) {
        this.client = client;
        this.timeline = timeline;
        this.threads = threads;
    }

    @Override
    public Runnable subscribe(String project, ApplicationName application, Consumer<Observation> news) {
        return feed(project).subscribe(project, application, news);
    }

    private ApplicationFeed feed(String project) {
        String scope = client.settings().scope(project);
        return feeds.computeIfAbsent(
                scope,
                s -> new ApplicationFeed(
                        timeline, new EventStream(client, s, threads), RELIST, () -> ThreadLocalRandom.current()
                                .nextDouble()));
    }
}
