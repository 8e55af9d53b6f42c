package io.imaas.model.tenancy;

import io.imaas.model.image.ImageRef;
import java.io.Serializable;
import java.util.List;

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
        objects = objects == null ? List.of() : List.copyOf(objects);
    }

    /** An object that ran before. */
    public record KeptObject(String namespace, String kind, String name) implements Serializable {
        /** {@code kind/namespace/name}. */
        public String id() {
            return kind + "/" + namespace + "/" + name;
        }
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
