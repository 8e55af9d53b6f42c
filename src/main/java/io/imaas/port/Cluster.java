package io.imaas.port;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.failure.Problem;
import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.OwnLabels;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** A Kubernetes cluster, or what stands for one. */
public interface Cluster {
    /** Applies objects in order by server-side apply; returns one effect each. */
    List<Effect> apply(List<Manifest> manifests);

    /**
     * Brings the objects of a tenant's space to what is wanted, in order, and goes on after one that can't be. What limits
     * the tenant or gives access is taken back from whoever changed it; elsewhere a field that somebody else set is left
     * and told. An object that exists and is not the tenant's is never taken over.
     */
    Applied ensure(List<ClusterObject> space);

    /**
     * Gives an object of ours the fields back that it had before {@link #ensure}. One that has them is not written.
     *
     * @param before with the fields that its effect says it replaced
     */
    Effect restore(ClusterObject before);

    /** The object as the cluster has it now, status included. */
    Optional<Manifest> get(String apiVersion, String kind, String namespace, String name);

    /**
     * All objects of a kind in a namespace that carry a label.
     *
     * @param label of events, which carry none, a field such as {@code involvedObject.uid}
     */
    List<Manifest> list(String apiVersion, String kind, String namespace, String label, String value);

    /** The answer to a question that its asker could do without; empty where our account may not look. */
    static List<Manifest> ifAllowed(Supplier<List<Manifest>> question) {
        try {
            return question.get();
        } catch (FailureException e) {
            if (e.failure().kind() == FailureKind.POLICY) {
                return List.of();
            }
            throw e;
        }
    }

    /**
     * Begins to remove an object, and a namespace with everything in it; one that is absent, or on its way out already, is
     * an unchanged effect. There is no way to delete without saying whose it must be, and that is checked on the very
     * object that goes.
     *
     * @throws io.imaas.model.failure.FailureException POLICY when it does not carry the labels
     */
    Effect delete(String apiVersion, String kind, String namespace, String name, OwnLabels labels);

    /**
     * Calls {@code changed} from another thread with the namespace and the label's value when an object of a kind that
     * carries a label may have changed, in whatever namespace, until what is returned is closed. No promise: it may call too
     * often, and a cluster that can't tell never calls, so whoever relies on it looks now and then as well.
     */
    default AutoCloseable watch(String apiVersion, String kind, String label, BiConsumer<String, String> changed) {
        return () -> {};
    }

    /** Whether the cluster answers and lets us write there; throws what is wrong. */
    void check();

    /**
     * What came of several objects.
     *
     * @param effects one for each that is as it should be now
     * @param failures one for each that could not be brought there
     * @param warnings what people should look at: fields that others hold, access that others gave
     */
    record Applied(List<Effect> effects, List<Failure> failures, List<Problem> warnings) {
        public Applied {
            effects = List.copyOf(effects);
            failures = List.copyOf(failures);
            warnings = List.copyOf(warnings);
        }
    }
}
