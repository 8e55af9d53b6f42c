package io.imaas.jenkins.world;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import jenkins.util.Timer;

/**
 * The few threads on which the controller talks to Git, registries and clusters; whoever waits holds none of them. They
 * end with the controller: what is not over by then is done after the next start.
 */
@Extension
public final class Work {
    /** As wide as builds that may talk at once; the rest waits in line. */
    private static final int THREADS = 16;

    private final ThreadPoolExecutor pool = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(),
            new NamingThreadFactory(new DaemonThreadFactory(), "imaas"),
            new ThreadPoolExecutor.DiscardPolicy());

    public Work() {
        pool.allowCoreThreadTimeOut(true);
    }

    private static Work get() {
        return ExtensionList.lookupSingleton(Work.class);
    }

    /** Whether the controller goes down: what fails now fails for that reason, and nothing is to be made of it. */
    public static boolean isOver() {
        return get().pool.isShutdown();
    }

    /** Interrupts what runs. Nothing begins any more. */
    static void end() {
        get().pool.shutdownNow();
    }

    /** After {@link #end}: waits until what was interrupted has ended, and says whether it did in time. */
    static boolean awaitEnd(Duration patience) throws InterruptedException {
        return get().pool.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Does something as the controller itself, with the plugin's classes, as soon as a thread is free. */
    public static Future<?> soon(Runnable work) {
        return get().pool
                .submit(() -> OurClasses.call(() -> {
                    try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
                        work.run();
                    }
                    return null;
                }));
    }

    /** The same after a while, during which no thread is held. */
    public static Future<?> later(Runnable work, Duration delay) {
        return Timer.get().schedule(() -> soon(work), delay.toMillis(), TimeUnit.MILLISECONDS);
    }
}
