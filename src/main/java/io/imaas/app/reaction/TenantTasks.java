package io.imaas.app.reaction;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The tasks of one tenant: one at a time, in the order in which their reasons came. One that waits lets the others pass.
 * When a new reason comes for a task that waits, it is begun anew on the world as it is by then.
 */
final class TenantTasks {
    private final Function<Task, Supplier<Optional<Instant>>> begin;
    private final Consumer<Runnable> thread;
    private final BiConsumer<Instant, Runnable> timer;
    private final Deque<Item> pending = new ArrayDeque<>();
    private final Map<Task, Item> waiting = new HashMap<>();
    private boolean busy;

    /** @param done each is called once, when the task has had its first turn */
    private record Item(Task task, Supplier<Optional<Instant>> turns, List<Runnable> done) {}

    /**
     * @param begin gives what a task does at each turn, as {@link TaskRun#turn}
     * @param thread runs one piece of work at a time
     * @param timer runs something short at a time
     */
    TenantTasks(
            Function<Task, Supplier<Optional<Instant>>> begin,
            Consumer<Runnable> thread,
            BiConsumer<Instant, Runnable> timer) {
        this.begin = begin;
        this.thread = thread;
        this.timer = timer;
    }

    /** @param done is called when the task has had its turn, however it went */
    synchronized void add(Task task, Runnable done) {
        List<Runnable> all = new ArrayList<>(List.of(done));
        waiting.remove(task);
        for (Iterator<Item> items = pending.iterator(); items.hasNext(); ) {
            Item item = items.next();
            if (item.task().equals(task)) {
                all.addAll(item.done());
                items.remove();
            }
        }
        pending.add(new Item(task, begin.apply(task), all));
        next();
    }

    /** How many tasks want their turn now. */
    synchronized int pending() {
        return pending.size() + (busy ? 1 : 0);
    }

    private void next() {
        if (!busy && !pending.isEmpty()) {
            busy = true;
            Item item = pending.remove();
            thread.accept(() -> turn(item));
        }
    }

    private void turn(Item item) {
        Optional<Instant> again = Optional.empty();
        try {
            again = item.turns().get();
        } finally {
            item.done().forEach(Runnable::run);
            over(item, again);
        }
    }

    private synchronized void over(Item item, Optional<Instant> again) {
        busy = false;
        boolean newer = pending.stream().anyMatch(other -> other.task().equals(item.task()));
        if (again.isPresent() && !newer) {
            Item rest = new Item(item.task(), item.turns(), List.of());
            waiting.put(item.task(), rest);
            timer.accept(again.get(), () -> goOn(rest));
        }
        next();
    }

    private synchronized void goOn(Item rest) {
        if (waiting.remove(rest.task(), rest)) {
            pending.add(rest);
            next();
        }
    }
}
