package io.imaas.adapter.argocd.follow;

import io.imaas.adapter.argocd.machine.ApplicationName;
import io.imaas.adapter.argocd.machine.ApplicationView;
import java.util.List;
import java.util.function.Consumer;

/** A server's applications, as a stream of events and as a list. */
public interface FeedSource {
    /** Opens the stream. Nothing is promised of it: it may lose, repeat and reorder events, fall silent, or end. */
    void open(Sink sink);

    /** Lists all applications. Answers once, from any thread. */
    void list(Consumer<Listing> answer);

    /** Where a stream's news go, from any thread. */
    interface Sink {
        /** A sign of life: the subscription exists since before now. */
        void alive();

        void changed(ApplicationView view);

        void removed(ApplicationName application);

        /** The last word. */
        void closed(String why);
    }

    /** @param applications null when the list could not be had */
    record Listing(List<ApplicationView> applications, String trouble) {}
}
