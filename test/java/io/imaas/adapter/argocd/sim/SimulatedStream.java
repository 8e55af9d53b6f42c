package io.imaas.adapter.argocd.sim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imaas.adapter.argocd.follow.FeedSource;
import io.imaas.adapter.argocd.machine.ApplicationName;
import io.imaas.adapter.argocd.machine.ApplicationView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The watch stream and the list, with everything that goes wrong with them. */
public final class SimulatedStream implements FeedSource {
    /**
     * How a stream misbehaves, as probabilities per event (or, for breaks and stalls, per minute).
     *
     * @param lies an event that is invented: see {@link #lie}
     */
    public record Faults(double drop, double duplicate, double reorder, double lies, double breaks, double stalls) {
        public static Faults none() {
            return new Faults(0, 0, 0, 0, 0, 0);
        }
    }

    private final SimulatedApi api;
    private final Script script;
    private final Faults faults;
    private UnaryOperator<ObjectNode> lie = UnaryOperator.identity();
    private boolean emptyLists;
    private int opened;
    private int lists;

    public SimulatedStream(SimulatedApi api, Faults faults) {
        this.api = api;
        this.script = api.argo().script();
        this.faults = faults;
    }

    /** What a lying event says: made from a true one. */
    public void lie(UnaryOperator<ObjectNode> invention) {
        lie = invention;
    }

    /** As a server that has just started: it lists nothing. */
    public void emptyLists(boolean value) {
        emptyLists = value;
    }

    public int opened() {
        return opened;
    }

    public int lists() {
        return lists;
    }

    @Override
    public void open(Sink sink) {
        opened++;
        Subscription subscription = new Subscription(sink);
        if (api.down()) {
            script.later(10, 200, () -> subscription.end("connection refused"));
        } else {
            // The server subscribes some time after the request; what happens in between is lost.
            script.later(5, 400, subscription::begin);
        }
    }

    @Override
    public void list(Consumer<Listing> answer) {
        lists++;
        script.later(10, 800, () -> {
            try {
                List<ApplicationView> views = new ArrayList<>();
                if (!emptyLists) {
                    api.list(null).get("items").forEach(item -> views.add(SimulatedRunner.view(item)));
                }
                script.later(10, 300, () -> answer.accept(new Listing(views, "")));
            } catch (ApiError error) {
                answer.accept(new Listing(null, error.getMessage()));
            }
        });
    }

    /** One open stream. */
    private final class Subscription {
        private final Sink sink;
        private Runnable unwatch = () -> {};
        private boolean open = true;
        private boolean stalled;
        private long silentSince;

        private Subscription(Sink sink) {
            this.sink = sink;
        }

        private void begin() {
            unwatch = api.argo().watch(this::event);
            script.later(5, 100, this::deliverAlive);
            minute();
            keepAlive();
        }

        private void deliverAlive() {
            if (open) {
                sink.alive();
            }
        }

        /** Every 15 s a comment line; the reader gives up when it gets nothing for three times as long. */
        private void keepAlive() {
            script.later(15_000, 15_001, () -> {
                if (!open) {
                    return;
                }
                if (stalled) {
                    silentSince++;
                    if (silentSince >= 3) {
                        end("silent for 45 s");
                        return;
                    }
                } else {
                    silentSince = 0;
                    sink.alive();
                }
                keepAlive();
            });
        }

        private void minute() {
            script.later(55_000, 65_000, () -> {
                if (!open) {
                    return;
                }
                if (api.down() || script.chance(faults.breaks())) {
                    end("connection reset");
                    return;
                }
                stalled = stalled ? script.chance(0.5) : script.chance(faults.stalls());
                minute();
            });
        }

        private void event(String type, ObjectNode json) {
            if (stalled || !api.mayGet() || script.chance(faults.drop())) {
                return;
            }
            long slow = script.chance(faults.reorder()) ? 8_000 : 0;
            script.later(1 + slow / 4, 60 + slow, () -> deliver(type, json));
            if (script.chance(faults.duplicate())) {
                script.later(1, 5_000, () -> deliver(type, json));
            }
            if (script.chance(faults.lies())) {
                ObjectNode invented = lie.apply(json.deepCopy());
                script.later(1, 500, () -> deliver("MODIFIED", invented));
            }
        }

        private void deliver(String type, ObjectNode json) {
            if (!open || stalled) {
                return;
            }
            if (type.equals("DELETED")) {
                sink.removed(new ApplicationName(
                        "argocd", json.get("metadata").get("name").asText()));
            } else {
                sink.changed(SimulatedRunner.view(json));
            }
        }

        private void end(String why) {
            if (open) {
                open = false;
                unwatch.run();
                sink.closed(why);
            }
        }
    }
}
