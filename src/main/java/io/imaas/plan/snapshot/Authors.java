package io.imaas.plan.snapshot;

import io.imaas.model.failure.Failure;
import io.imaas.model.identity.GitWriter;
import io.imaas.model.record.Trust;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.snapshot.Snapshot.Fact;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who made what a service brings along: the commits of its sources since what runs, and those of its values.
 *
 * @param wrote the authors
 * @param committed who made commits of it; a Git server may be among them
 * @param unknown why not all of them could be found out; null when they are known
 */
public record Authors(ServiceName service, List<GitWriter> wrote, List<GitWriter> committed, Failure unknown)
        implements Fact {
    public Authors {
        wrote = List.copyOf(wrote);
        committed = List.copyOf(committed);
    }

    public static Authors of(ServiceName service, Collection<GitWriter> wrote, Collection<GitWriter> committed) {
        return new Authors(
                service,
                wrote.stream().distinct().toList(),
                committed.stream().distinct().toList(),
                null);
    }

    public static Authors unknown(ServiceName service, Failure why) {
        return new Authors(service, List.of(), List.of(), why);
    }

    /** Whether a person is among those who wrote or committed it, under any name. */
    public boolean include(String person, Trust trust) {
        return Stream.concat(wrote.stream(), committed.stream())
                .anyMatch(writer -> trust.persons(writer).contains(trust.person(person)));
    }

    public Optional<Failure> problem() {
        return Optional.ofNullable(unknown);
    }
}
