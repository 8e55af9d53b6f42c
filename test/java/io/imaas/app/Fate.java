package io.imaas.app;

import io.imaas.model.failure.FailureException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** What becomes of a process at one of its writes: all of its calls to the world go through here. */
final class Fate {
    /** What happens at the chosen write. */
    enum Kind {
        /** The world refuses it. */
        REFUSED,
        /** It is done by something that breaks: a defect of ours. */
        BROKEN,
        /** The world is not there for it, and there again for the next one. */
        AWAY,
        /** The world does it, and its answer is lost. */
        LOST,
        /** The process is killed before it. */
        KILLED,
        /** The process is killed after it, and never hears of it. */
        KILLED_AFTER
    }

    /** No process catches its own end. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private final Kind kind;
    private final int at;
    private final AtomicInteger writes = new AtomicInteger();
    private final ReentrantReadWriteLock calls = new ReentrantReadWriteLock();
    private volatile boolean dead;
    private int death;
    private int refusal;

    /** @param at which write, from 1 on; 0: none */
    Fate(Kind kind, int at) {
        this.kind = kind;
        this.at = at;
    }

    /** The same, and the process is killed at a later write, such as one that takes back. */
    Fate killedAt(int write) {
        death = write;
        return this;
    }

    /** The same, and a later write is refused. */
    Fate refusedAt(int write) {
        refusal = write;
        return this;
    }

    static Fate none() {
        return new Fate(Kind.REFUSED, 0);
    }

    int writes() {
        return writes.get();
    }

    /** Now, wherever the process is. */
    void kill() {
        dead = true;
    }

    boolean killed() {
        return dead;
    }

    <T> T read(Callable<T> call) throws Exception {
        calls.readLock().lock();
        try {
            requireAlive();
            return call.call();
        } finally {
            calls.readLock().unlock();
        }
    }

    <T> T write(Callable<T> call) throws Exception {
        return read(() -> {
            int write = writes.incrementAndGet();
            if (write == death) {
                dead = true;
                throw new Killed();
            }
            if (write == refusal || (write == at && kind == Kind.REFUSED)) {
                throw FailureException.policy("no", "write " + write, "");
            }
            if (write != at) {
                return call.call();
            }
            if (kind == Kind.BROKEN) {
                throw new IllegalArgumentException("broken at write " + at);
            }
            if (kind == Kind.AWAY || kind == Kind.LOST) {
                if (kind == Kind.LOST) {
                    call.call();
                }
                throw FailureException.external("no answer", "write " + at, "", (Throwable) null);
            }
            if (kind == Kind.KILLED_AFTER) {
                call.call();
            }
            dead = true;
            throw new Killed();
        });
    }

    static Object call(Object port, Method method, Object[] given) throws Exception {
        try {
            return method.invoke(port, given);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw (Error) e.getCause();
        }
    }

    void requireAlive() {
        if (dead) {
            throw new Killed();
        }
    }

    /** Returns when nothing that the process began is under way any more. */
    @SuppressWarnings("LockNotBeforeTry") // between the two there is nothing that could fail
    void awaitTheLastCall() {
        calls.writeLock().lock();
        calls.writeLock().unlock();
    }
}
