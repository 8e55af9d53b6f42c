package io.imaas.model.event;

import io.imaas.model.source.RepositoryPlace;
import java.io.Serializable;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Something that happened, with the attributes of CloudEvents 1.0. An id is given by the sender, so that the same
 * delivery is the same event however often it comes.
 *
 * @param id unique among all events
 * @param source a path that says who told it, such as {@code /hooks/github}
 * @param type topic {@code <entity>.<verb in the past>}, such as {@code branch.pushed}
 * @param subject what it happened to, such as a repository's URL; may be empty
 * @param time when it came here
 * @param tenant label: the tenant's name; empty when it concerns the platform, or nobody knows whom
 * @param data facts by name, such as {@code branch} and {@code after}
 */
public record CloudEvent(
        String id, String source, String type, String subject, Instant time, String tenant, Map<String, String> data)
        implements Serializable {
    /** The label of an environment, among the data; missing where it concerns none, or nobody knows which. */
    public static final String ENVIRONMENT = "environment";

    /** The label of the host whose repository or image it is about, in the same way. */
    public static final String SERVER = "server";

    public CloudEvent {
        Objects.requireNonNull(time);
        data = Collections.unmodifiableMap(new TreeMap<>(data));
    }

    /** Whether a branch of this repository moved. */
    public boolean isPushTo(RepositoryPlace repository) {
        return type.equals("branch.pushed")
                && RepositoryPlace.find(subject).filter(repository::equals).isPresent();
    }

    /** The same with the tenant whom it concerns, and further labels. */
    public CloudEvent of(String whose, Map<String, String> labels) {
        Map<String, String> all = new TreeMap<>(data);
        all.putAll(labels);
        return new CloudEvent(id, source, type, subject, time, whose, all);
    }

    /**
     * An event of the log.
     *
     * @param position its place in the order of all events, from 1; later events have higher ones, and gaps mean nothing
     */
    public record StoredEvent(long position, CloudEvent event) implements Serializable {}
}
