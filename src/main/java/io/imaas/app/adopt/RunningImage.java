package io.imaas.app.adopt;

import io.imaas.model.failure.FailureException;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.Tree;
import io.imaas.model.tenancy.Platform;
import io.imaas.port.Cluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The image of a service that runs: as its manifests name it, and by its digest. A tag is what runs by it now, as the nodes
 * say: the registry may have moved it since.
 *
 * @param text as the manifests name it
 */
record RunningImage(String text, ImageRef release) {
    /** @throws FailureException INPUT when there is not exactly one, or nobody knows its digest */
    static RunningImage of(
            List<Manifest> manifests, String namespace, Platform platform, Cluster cluster, AdoptedRendering reading) {
        Map<String, List<Manifest>> images = new TreeMap<>();
        for (Manifest manifest : manifests) {
            containers(manifest.fields()).forEach(image -> images.computeIfAbsent(image, name -> new ArrayList<>())
                    .add(manifest));
        }
        String text = one(images.keySet(), platform);
        ImageRepository repository = repository(text);
        int at = text.indexOf('@');
        Digest digest = at < 0
                ? running(text, images.get(text), namespace, cluster, reading)
                : new Digest(text.substring(at + 1));
        return new RunningImage(text, new ImageRef(repository, digest));
    }

    private static String one(Set<String> images, Platform platform) {
        List<String> own = images.size() == 1
                ? List.copyOf(images)
                : images.stream()
                        .filter(image -> platform.allows(repository(image)))
                        .toList();
        if (own.size() != 1) {
            throw FailureException.input(
                    images.isEmpty()
                            ? "it runs no image"
                            : "it runs several images, and a service has one: " + String.join(", ", images),
                    images.isEmpty()
                            ? "leave it where it is: a service is what is released by its image"
                            : "split it into one application a service; images from elsewhere than the platform's registries"
                                    + " may run beside it");
        }
        return own.get(0);
    }

    /** Without a registry it is Docker Hub's, as for every runtime. */
    private static ImageRepository repository(String image) {
        String name = image.replaceFirst("@.*", "").replaceFirst(":[^/:]*$", "");
        String registry = name.contains("/") ? name.replaceFirst("/.*", "") : "";
        boolean named = registry.contains(".") || registry.contains(":") || registry.equals("localhost");
        return ImageRepository.parse(named ? name : "docker.io/" + (registry.isEmpty() ? "library/" : "") + name);
    }

    private static Digest running(
            String image, List<Manifest> workloads, String namespace, Cluster cluster, AdoptedRendering reading) {
        Set<String> digests = new TreeSet<>();
        for (Manifest workload : workloads) {
            if (Tree.of(workload).at("spec", "selector", "matchLabels").node() instanceof Map<?, ?> labels
                    && !labels.isEmpty()) {
                Map.Entry<?, ?> first = labels.entrySet().iterator().next();
                cluster
                        .list("v1", "Pod", namespace, String.valueOf(first.getKey()), String.valueOf(first.getValue()))
                        .stream()
                        .flatMap(pod -> reading.read(pod.yaml(), namespace).all().stream())
                        .filter(pod -> Tree.of(pod).at("metadata", "labels").node() instanceof Map<?, ?> own
                                && own.entrySet().containsAll(labels.entrySet()))
                        .forEach(pod -> digests.addAll(digests(pod, image)));
            }
        }
        if (digests.size() != 1) {
            throw FailureException.input(
                    "it runs " + image + ", which is a tag, and "
                            + (digests.isEmpty()
                                    ? "no pod of it says which digest that is"
                                    : "its pods run different images by it: " + String.join(", ", digests)),
                    "name the image by its digest where it is deployed now, and wait until it runs");
        }
        return new Digest(digests.iterator().next());
    }

    /** Of the pod's containers that were asked to run the image. */
    private static Set<String> digests(Manifest pod, String image) {
        Tree fields = Tree.of(pod);
        Set<String> names = fields.at("spec", "containers").items().stream()
                .filter(container -> image.equals(container.at("image").text()))
                .map(container -> container.at("name").text())
                .collect(Collectors.toSet());
        return fields.at("status", "containerStatuses").items().stream()
                .filter(status -> names.contains(status.at("name").text()))
                .map(status -> status.at("imageID").text())
                .filter(id -> id.contains("@sha256:"))
                .map(id -> id.substring(id.indexOf('@') + 1))
                .collect(Collectors.toSet());
    }

    /** The images of all containers of pods, wherever a kind of object has its template. */
    private static Set<String> containers(Object node) {
        Set<String> images = new TreeSet<>();
        if (node instanceof Map<?, ?> map) {
            new Tree(map)
                    .at("containers")
                    .items()
                    .forEach(container -> images.add(container.at("image").text()));
            map.values().forEach(value -> images.addAll(containers(value)));
        }
        return images;
    }
}
