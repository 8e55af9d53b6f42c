package io.imaas.port;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Answers that depend on nothing but their questions, so that each is found once; those that were not asked for longest are
 * forgotten. Safe for use by several threads; nobody waits for another one's answer.
 */
public final class Remembered<Q, A> {
    private final Map<Q, A> known;

    /** @param most how many are kept */
    public Remembered(int most) {
        known = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Q, A> eldest) {
                return size() > most;
            }
        };
    }

    /** @param work finds an answer that is not known, never null */
    public A answer(Q question, Supplier<A> work) {
        synchronized (known) {
            A before = known.get(question);
            if (before != null) {
                return before;
            }
        }
        A found = work.get();
        synchronized (known) {
            known.put(question, found);
        }
        return found;
    }
}
