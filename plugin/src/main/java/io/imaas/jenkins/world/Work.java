package io.imaas.jenkins.world;

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

/** The few threads on which the controller talks to Git, registries and clusters; whoever waits holds none of them. */
public final class Work {
    /** As wide as builds that may talk at once; the rest waits in line. */
    private static final int THREADS = 16;

    private static final ThreadPoolExecutor POOL = pool();

    private Work() {}

    private static ThreadPoolExecutor pool() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                1,
                TimeUnit.MINUTES,
                new LinkedBlockingQueue<>(),
                new NamingThreadFactory(new DaemonThreadFactory(), "imaas"));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Does something as the controller itself, with the plugin's classes, as soon as a thread is free. */
    public static Future<?> soon(Runnable work) {
        return POOL.submit(() -> OurClasses.call(() -> {
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
