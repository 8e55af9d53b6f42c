package io.imaas.jenkins.world;

import io.imaas.model.failure.FailureException;
import java.util.concurrent.Callable;

/**
 * Libraries of the engine find their parts by the thread's context class loader, which in a controller knows other
 * versions of them: they are called with ours.
 */
public final class OurClasses {
    private OurClasses() {}

    /** Calls with the plugin's own class loader as the thread's. */
    public static <T> T call(Callable<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(OurClasses.class.getClassLoader());
        try {
            return work.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw FailureException.defect("an adapter could not be made: " + e, e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
