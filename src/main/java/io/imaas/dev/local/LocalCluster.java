package io.imaas.dev.local;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.ObjectDiff;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.port.Clock;
import io.imaas.port.Cluster;
import io.imaas.port.Cluster.Applied;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@link Cluster} as a folder. {@code objects/} has one YAML file an object, {@code journal.txt} one line a change.
 *
 * <p>As on a real cluster, applying the same again changes nothing, an object needs its namespace, and a namespace takes
 * its objects with it. Unlike there, no pods run: the status of a workload is worked out when it is read, says so in its
 * own words, and turns bad where {@link Faults} has an entry. Every write replaces one file atomically, so whatever the
 * moment of a crash, each object is as it was or as it should be.
 */
public final class LocalCluster implements Cluster {
    private final ObjectFiles files;
    private final Journal journal;
    private final Faults faults;
    private final Clock clock;
    private final boolean writes;

    public LocalCluster(Path folder, Clock clock) {
        this(folder, clock, true);
    }

    /** @param writes whether what differs is written, or only told */
    public LocalCluster(Path folder, Clock clock, boolean writes) {
        this.files = new ObjectFiles(folder.resolve("objects"));
        this.journal = new Journal(folder.resolve("journal.txt"), clock);
        this.faults = new Faults(folder.resolve("faults.yaml"));
        this.clock = clock;
        this.writes = writes;
    }

    @Override
    public synchronized List<Effect> apply(List<Manifest> manifests) {
        List<Effect> effects = new ArrayList<>();
        for (Manifest manifest : manifests) {
            requireNamespace(manifest);
            StoredObject wanted = StoredObject.parse(manifest);
            files.read(wanted.key()).ifPresent(found -> OwnLabels.requireNoSpace(manifest.id(), found.labels()));
            effects.add(put(wanted));
        }
        return effects;
    }

    /** {@inheritDoc} Here nobody else sets fields, so there is nothing to take back. */
    @Override
    public synchronized Applied ensure(List<ClusterObject> space) {
        List<Effect> effects = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        for (ClusterObject object : space) {
            if (object.isAbsent()) {
                gone(object).ifPresent(effects::add);
                continue;
            }
            StoredObject wanted = new StoredObject(object.fields());
            try {
                files.read(wanted.key()).ifPresent(found -> object.owner()
                        .requireOrAdopt(object.id(), found.labels(), object.adopted()));
                effects.add(put(wanted));
            } catch (FailureException e) {
                failures.add(e.failure());
                if (object.isNamespace()) {
                    // A namespace of somebody else: nothing of ours belongs into it.
                    break;
                }
            }
        }
        return new Applied(effects, failures, List.of());
    }

    private Optional<Effect> gone(ClusterObject unwanted) {
        ObjectFiles.Key key =
                new ObjectFiles.Key(unwanted.apiVersion(), unwanted.kind(), unwanted.namespace(), unwanted.name());
        return files.read(key)
                .filter(found -> unwanted.owner().match(found.labels()))
                .map(found -> {
                    delete(
                            unwanted.apiVersion(),
                            unwanted.kind(),
                            unwanted.namespace(),
                            unwanted.name(),
                            unwanted.owner());
                    return Effect.deleted(
                            unwanted.kind(), unwanted.shown(), "", ObjectDiff.applicable(found.content()));
                });
    }

    @Override
    public synchronized Effect restore(ClusterObject before) {
        return put(new StoredObject(before.fields()));
    }

    private Effect put(StoredObject wanted) {
        ObjectFiles.Key key = wanted.key();
        Optional<StoredObject> before = files.read(key);
        Effect effect = before.isEmpty()
                ? Effect.created(key.kind(), key.shown(), "")
                : before.get().holds(wanted)
                        ? Effect.unchanged(key.kind(), key.shown())
                        : Effect.updated(
                                key.kind(),
                                key.shown(),
                                "",
                                ObjectDiff.changes(before.get().content(), wanted.content()),
                                ObjectDiff.applicable(before.get().content()));
        if (writes && effect.isChange()) {
            files.write(key, before.map(wanted::after).orElseGet(() -> wanted.born(clock.now())));
        }
        if (writes) {
            journal.add(effect);
        }
        return effect;
    }

    private void requireNamespace(Manifest manifest) {
        String namespace = manifest.namespace();
        if (!namespace.isEmpty() && files.read(namespaceKey(namespace)).isEmpty()) {
            throw FailureException.failed("namespace " + namespace + " is not there", manifest.id(), "imaas onboard");
        }
    }

    @Override
    public synchronized Optional<Manifest> get(String apiVersion, String kind, String namespace, String name) {
        return files.read(new ObjectFiles.Key(apiVersion, kind, namespace, name))
                .map(this::withStatus);
    }

    @Override
    public synchronized List<Manifest> list(
            String apiVersion, String kind, String namespace, String label, String value) {
        return files.readAll(apiVersion, kind, namespace).stream()
                .filter(object -> object.hasLabel(label, value))
                .map(this::withStatus)
                .toList();
    }

    private Manifest withStatus(StoredObject object) {
        ObjectFiles.Key key = object.key();
        return object.with(RecordedStatus.of(object, faults.of(key.namespace(), key.name(), object.images())))
                .manifest();
    }

    @Override
    public synchronized Effect delete(String apiVersion, String kind, String namespace, String name, OwnLabels labels) {
        ObjectFiles.Key key = new ObjectFiles.Key(apiVersion, kind, namespace, name);
        Optional<StoredObject> found = files.read(key);
        if (found.isEmpty()) {
            return Effect.unchanged(kind, key.shown());
        }
        labels.require(found.get().manifest().id(), found.get().labels());
        Effect effect = Effect.deleted(kind, key.shown(), "");
        if (!writes) {
            return effect;
        }
        if (key.equals(namespaceKey(name))) {
            // The content goes first: cut off in between, the namespace is still there to be deleted again.
            files.removeNamespace(name);
        }
        files.remove(key);
        journal.add(effect);
        return effect;
    }

    @Override
    public void check() {
        files.check();
    }

    private static ObjectFiles.Key namespaceKey(String name) {
        return new ObjectFiles.Key("v1", "Namespace", "", name);
    }

    /** What changed and when, one line each: {@code 2026-11-22T10:00:00Z CREATED Deployment orders-dev/order-api}. */
    private record Journal(Path file, Clock clock) {
        /** Unchanged is nothing to write down. */
        void add(Effect effect) {
            if (!effect.isChange()) {
                return;
            }
            String line = clock.now() + " " + effect.kind() + " " + effect.type() + " " + effect.name() + "\n";
            try {
                Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw FailureException.external(
                        "the journal cannot be written: " + Reason.of(e), file.toString(), "", e);
            }
        }
    }
}
