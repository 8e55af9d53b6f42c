package io.imaas.adapter.argocd.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.argocd.follow.ApplicationFeed;
import io.imaas.adapter.argocd.machine.ApplicationName;
import io.imaas.adapter.argocd.machine.Observation;
import io.imaas.adapter.argocd.sim.SimulatedStream.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApplicationFeedTest {
    private static final ApplicationName NAME = new ApplicationName("argocd", "app-1");

    private final VirtualTime time = new VirtualTime();
    private final Script script = new Script(time, 7);
    private final SimulatedGit git = new SimulatedGit();
    private final SimulatedArgoCd argo = new SimulatedArgoCd(script, git);
    private final SimulatedApi api = new SimulatedApi(argo);
    private final List<Observation> news = new ArrayList<>();
    private SimulatedStream stream;
    private ApplicationFeed feed;

    private void begin(Faults faults) {
        git.commit("s", SimulatedGit.digest(0));
        for (int i = 0; i < 3; i++) {
            argo.settle(
                    argo.application("app-" + i, "p", "s", "https://git.example.org/o.git", "r.example.org/s"),
                    git.head().value());
        }
        stream = new SimulatedStream(api, faults);
        feed = new ApplicationFeed(time, stream, Duration.ofMinutes(5), () -> 0.5);
        feed.subscribe("p", new ApplicationName("", "app-1"), news::add);
    }

    private boolean upToDate() {
        return feed.known()
                .get(NAME)
                .version()
                .equals(Long.toString(application().version()));
    }

    private SimulatedApplication application() {
        return argo.applications().get("app-1");
    }

    @Test
    void whatHappensBetweenListAndSubscriptionIsNotLost() {
        begin(Faults.none());
        // Everything moves while the stream is being opened.
        for (int i = 0; i < 40; i++) {
            time.advance(Duration.ofMillis(20));
            argo.changed(application());
        }
        time.advance(Duration.ofSeconds(3));
        assertThat(upToDate()).isTrue();
        assertThat(stream.lists()).isEqualTo(2);
        assertThat(news).isNotEmpty();
    }

    @Test
    void aStreamThatFallsSilentIsReplaced() {
        begin(new Faults(0, 0, 0, 0, 0, 1));
        time.advance(Duration.ofMinutes(4));
        argo.changed(application());
        time.advance(Duration.ofMinutes(3));
        assertThat(stream.opened()).isGreaterThan(1);
        assertThat(upToDate()).isTrue();
    }

    @Test
    void anOutageIsNotHammeredAndEndsWithAFreshList() {
        begin(Faults.none());
        time.advance(Duration.ofSeconds(30));
        api.down(true);
        time.advance(Duration.ofMinutes(10));
        assertThat(stream.opened()).isLessThan(40);
        argo.changed(application());
        api.down(false);
        time.advance(Duration.ofMinutes(1));
        assertThat(upToDate()).isTrue();
    }

    @Test
    void anEmptyListIsNotBelievedAtOnce() {
        begin(Faults.none());
        time.advance(Duration.ofSeconds(10));
        stream.emptyLists(true);
        time.advance(Duration.ofMinutes(5).minusSeconds(5));
        assertThat(feed.known()).hasSize(3);
        stream.emptyLists(false);
        time.advance(Duration.ofMinutes(1));
        assertThat(feed.known()).hasSize(3);
    }

    @Test
    void anApplicationOfAnotherProjectIsNobodysBusiness() {
        begin(Faults.none());
        List<Observation> foreign = new ArrayList<>();
        feed.subscribe("q", new ApplicationName("", "app-1"), foreign::add);
        time.advance(Duration.ofSeconds(10));
        argo.changed(application());
        time.advance(Duration.ofSeconds(10));
        assertThat(foreign).isEmpty();
        assertThat(feed.subscribers()).isEqualTo(2);
    }
}
