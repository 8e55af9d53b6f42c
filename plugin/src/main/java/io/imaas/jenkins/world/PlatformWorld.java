package io.imaas.jenkins.world;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.imaas.app.PlatformRepository;
import io.imaas.app.Tenancy;
import io.imaas.app.assembly.Assembly;
import io.imaas.jenkins.config.ConfigurationChange;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.port.Clock;
import io.imaas.run.StepRunners;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionList;

/**
 * The platform as this controller serves it. It is made when it is first wanted, and anew when the configuration or a
 * login changes; nothing of it is needed to go on after a restart.
 */
@Extension
public final class PlatformWorld implements ConfigurationChange {
    private static final Logger LOGGER = Logger.getLogger(PlatformWorld.class.getName());

    /** How long a shutdown waits for what it interrupted. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** How soon a changed secret reaches connections that are open. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final Clock clock = Assembly.systemClock();
    private final AtomicReference<ServedPlatform> served = new AtomicReference<>();
    private final AtomicReference<Instant> nextLook = new AtomicReference<>(Instant.MIN);

    public static PlatformWorld get() {
        return ExtensionList.lookupSingleton(PlatformWorld.class);
    }

    public Clock clock() {
        return clock;
    }

    public RepositoryUrl platformUrl() {
        return ServedPlatform.url();
    }

    public PlatformRepository platformRepository() {
        return served().files();
    }

    /** The catalog as it was read last; read now when it never was. */
    public Catalog catalog() {
        return served().live().catalog();
    }

    /** What is wrong in its files, a sentence each, as they were read last; nothing is read for it. */
    public List<String> faults() {
        ServedPlatform now = served.get();
        return now == null ? List.of() : now.live().faults();
    }

    /**
     * Reads the platform repository again. Nobody who is content with what is known waits for it.
     *
     * @throws io.imaas.model.failure.FailureException with every problem of its files; what was known before stays
     */
    public Catalog refresh() {
        return served().live().refresh();
    }

    public Tenancy tenancy() {
        return served().tenancy();
    }

    public Tenant tenant(TenantName name) {
        return served().live().tenant(name);
    }

    /** What a tenant is served with; kept until the configuration, its own metadata or a login changes. */
    public TenantEngine engine(Tenant tenant) {
        // Whoever asks: the tenant's folder and its credentials are the same.
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            return served().live().context(tenant.name());
        }
    }

    /** Work for one tenant in the background; a tenant that hangs delays no other. */
    public <T> Future<T> submit(Tenant tenant, Callable<T> work) {
        return served().live().submit(tenant.name(), work);
    }

    /** What executes the steps of a tenant's plan, or of the platform's own; the same as long as its engine is. */
    public StepRunners runners(Optional<Tenant> tenant) {
        return tenant.map(of -> engine(of).runners()).orElseGet(() -> served().ownRunners());
    }

    private ServedPlatform served() {
        renewLogins();
        ServedPlatform now = served.get();
        while (now == null) {
            if (Work.isOver()) {
                throw FailureException.policy("Jenkins is going down", "run it again when Jenkins is up");
            }
            served.compareAndSet(null, new ServedPlatform(clock));
            now = served.get();
            if (Work.isOver()) {
                replace(now);
                now = null;
            }
        }
        return now;
    }

    /** What was made with a login that is another one by now is made anew; looked at now and then, not at each call. */
    private void renewLogins() {
        Instant due = nextLook.get();
        Instant now = clock.now();
        ServedPlatform current = served.get();
        if (current == null || now.isBefore(due) || !nextLook.compareAndSet(due, now.plus(LOOK))) {
            return;
        }
        if (current.isOutdated()) {
            replace(current);
        } else {
            current.live().closeOutdated(TenantEngine::isOutdated);
        }
    }

    private void replace(ServedPlatform old) {
        if (old != null && served.compareAndSet(old, null)) {
            old.close();
        }
    }

    @Override
    public void changed() {
        replace(served.get());
    }

    /**
     * Ends work, watches and connections; what is needed is made again. Nothing of them writes when Jenkins is down. Builds
     * are suspended by then, so that none sees its step fail for that.
     */
    @Terminator(requires = FlowExecutionList.EXECUTIONS_SUSPENDED)
    public static void shutDown() throws InterruptedException {
        Work.end();
        PlatformWorld world = get();
        ServedPlatform last = world.served.get();
        world.replace(last);
        boolean ended = last == null || last.live().awaitEnd(PATIENCE);
        if (!Work.awaitEnd(PATIENCE) || !ended) {
            LOGGER.log(Level.INFO, "work still ran {0} seconds after it was interrupted", PATIENCE.toSeconds());
        }
    }
}
