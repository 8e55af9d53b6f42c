package io.imaas.jenkins.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.ProxyConfiguration;
import hudson.Util;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import hudson.plugins.git.GitStatus;
import hudson.util.TextFile;
import io.imaas.jenkins.config.EventsConfiguration;
import io.imaas.jenkins.credentials.JenkinsSecrets;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.RepositoryPlace;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Catalog;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.eclipse.jgit.transport.URIish;

/**
 * Follows the events of an {@code imaas serve}: a push to the platform repository refreshes the catalog, and one to any
 * repository of the platform starts the jobs that read it, so that nothing polls. No thread is held while nothing happens.
 * While the server is down all works on what is known; then it goes on where it stopped, and what it missed for good is
 * looked at as a whole.
 */
@Extension
public final class EventFollower extends AsyncPeriodicWork {
    private static final Logger LOGGER = Logger.getLogger(EventFollower.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();
    /** A hundred events are less. */
    private static final int LARGEST_ANSWER = 4 << 20;

    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** No log has so many events: what is asked for is the position of the newest. */
    private static final String NONE = "999999999999999999&limit=0";

    private final AtomicBoolean follows = new AtomicBoolean();
    private volatile String trouble = "";
    private volatile HttpClient client;

    public EventFollower() {
        super("IMaaS events");
    }

    public static EventFollower get() {
        return ExtensionList.lookupSingleton(EventFollower.class);
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.MINUTES.toMillis(1);
    }

    @Override
    public long getInitialDelay() {
        return TimeUnit.SECONDS.toMillis(20);
    }

    @Override
    protected void execute(TaskListener listener) {
        begin();
    }

    /** Follows from now on, if a server is configured and nothing follows it yet. */
    public void begin() {
        if (EventsConfiguration.get().address().isPresent() && follows.compareAndSet(false, true)) {
            Work.soon(this::ask);
        }
    }

    private void ask() {
        EventsConfiguration wanted = EventsConfiguration.get();
        URI server = wanted.address().orElse(null);
        if (server == null) {
            follows.set(false);
            return;
        }
        try {
            String after = Files.exists(position().file.toPath()) ? position().readTrim() : NONE;
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create(server + "/api/v1/events?wait=25&after=" + after))
                    .timeout(PATIENCE);
            JenkinsSecrets.own(wanted.getCredentialsId())
                    .ifPresent(token -> request.header("Authorization", "Bearer " + token.reveal()));
            client().sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream())
                    .whenComplete((answer, failure) -> Work.soon(() -> take(server, answer, failure)));
        } catch (IOException | RuntimeException e) {
            later(server, e instanceof FailureException known ? known.failure().sentence() : String.valueOf(e));
        }
    }

    private HttpClient client() {
        HttpClient now = client;
        if (now == null) {
            now = ProxyConfiguration.newHttpClientBuilder()
                    .connectTimeout(PATIENCE)
                    .build();
            client = now;
        }
        return now;
    }

    private void take(URI server, HttpResponse<InputStream> answer, Throwable failure) {
        if (failure != null) {
            later(server, String.valueOf(failure.getMessage()));
            return;
        }
        try (InputStream body = answer.body()) {
            byte[] read = body.readNBytes(LARGEST_ANSWER);
            if (answer.statusCode() != 200) {
                later(server, "HTTP " + answer.statusCode());
                return;
            }
            JsonNode events = JSON.readTree(read);
            hear(events.path("events"), events.path("gap").asBoolean());
            position().write(events.path("next").asText());
            trouble = "";
            ask();
        } catch (IOException | RuntimeException e) {
            later(server, String.valueOf(e));
        }
    }

    private void hear(JsonNode events, boolean gap) {
        Set<RepositoryPlace> changed = new HashSet<>();
        for (JsonNode event : events) {
            if (event.path("type").asText().matches("(branch|tag|pull-request)\\..*")) {
                RepositoryPlace.find(event.path("subject").asText()).ifPresent(changed::add);
            }
        }
        RepositoryUrl platform = PlatformWorld.get().platformUrl();
        if (gap || changed.contains(RepositoryPlace.of(platform))) {
            refresh();
        }
        if (gap || !changed.isEmpty()) {
            Stream.concat(Stream.of(platform), repositories(PlatformWorld.get().catalog()))
                    .distinct()
                    .filter(repository -> gap || changed.contains(RepositoryPlace.of(repository)))
                    .forEach(EventFollower::tellJobs);
        }
    }

    private static Stream<RepositoryUrl> repositories(Catalog catalog) {
        return catalog.tenants().stream()
                .flatMap(tenant -> Stream.concat(
                        Stream.of(tenant.gitops()), tenant.services().stream().map(service -> service.repository())));
    }

    private static void refresh() {
        try {
            PlatformWorld.get().refresh();
        } catch (FailureException e) {
            // What was known before stays in force; a build of the platform repository says what is wrong with it.
            LOGGER.log(
                    Level.WARNING,
                    "the platform is read later: {0}",
                    e.failure().sentence());
        }
    }

    /** As the Git plugin's own notifyCommit does, by the URL as the platform's files write it. */
    private static void tellJobs(RepositoryUrl repository) {
        try {
            URIish url = new URIish(repository.value());
            ExtensionList.lookup(GitStatus.Listener.class)
                    .forEach(listener -> listener.onNotifyCommit("imaas serve", url, null, List.of()));
        } catch (URISyntaxException e) {
            LOGGER.log(Level.WARNING, "no job can read " + repository, e);
        }
    }

    /** Each trouble is told once. */
    private void later(URI server, String why) {
        if (!why.equals(trouble) && !Work.isOver()) {
            LOGGER.log(Level.WARNING, "the events of {0} are followed later: {1}", new Object[] {server, why});
        }
        trouble = why;
        // Another proxy may be configured by then.
        client = null;
        Work.later(this::ask, PAUSE);
    }

    /** Up to where the events of this very server were heard. */
    private static TextFile position() {
        String server = EventsConfiguration.get().getServer();
        return new TextFile(new File(Jenkins.get().getRootDir(), "imaas/events-" + Util.getDigestOf(server)));
    }
}
