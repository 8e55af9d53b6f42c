package io.imaas.model.tenancy;

import io.imaas.model.image.ImageRef;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What ran of a service before the platform managed it: the same application goes on, with the same manifests.
 *
 * @param application how the deployment server calls it; it keeps this name
 * @param image the image as the manifests name it; empty where no manifests are kept
 * @param release the image that this is; null where no manifests are kept
 * @param manifests what runs, as it is to be rendered; empty: whoever adopted it has it in the GitOps repository already
 * @param objects those that the platform repository's file of manifests lists: the service's own, whatever they are called
 */
public record Adopted(
        EnvironmentName environment,
        String application,
        String image,
        ImageRef release,
        String manifests,
        List<KeptObject> objects)
        implements Serializable {
    public Adopted {
        objects = List.copyOf(objects);
    }

    /**
     * An object that ran before.
     *
     * @param selector the labels of the pods that it is about; empty where it is about none
     */
    public record KeptObject(String namespace, String kind, String name, Map<String, String> selector)
            implements Serializable {
        public KeptObject {
            selector = Map.copyOf(selector);
        }

        /** {@code kind/namespace/name}. */
        public String id() {
            return kind + "/" + namespace + "/" + name;
        }
    }

    /** What is listed of an object. */
    public Optional<KeptObject> listed(String namespace, String kind, String name) {
        return objects.stream()
                .filter(one -> one.namespace().equals(namespace)
                        && one.kind().equals(kind)
                        && one.name().equals(name))
                .findFirst();
    }

    /** Where the platform repository has the manifests. */
    public static String file(TenantName tenant, EnvironmentName environment, ServiceName service) {
        return "adopt/" + tenant + "/" + environment + "/" + service + ".yaml";
    }

    /** Whether there is something to begin with. */
    public boolean isKept() {
        return !manifests.isEmpty();
    }

    /** The same with the manifests of its file. */
    public Adopted keeping(String text, List<KeptObject> listed) {
        return new Adopted(environment, application, image, release, text, listed);
    }
}
