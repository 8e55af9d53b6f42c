package io.imaas.adapter.direct;

import io.imaas.model.image.ImageRef;
import io.imaas.model.kubernetes.Tree;
import java.util.List;
import java.util.stream.Collectors;

/** Which pods, or templates of pods, run which image. */
final class PodImages {
    private PodImages() {}

    /** Whether a container has exactly this image. */
    static boolean run(Tree pod, ImageRef image) {
        return images(pod).contains(image.toString());
    }

    static List<Tree> of(List<Tree> pods, ImageRef image) {
        return pods.stream().filter(pod -> run(pod, image)).toList();
    }

    static boolean ready(Tree pod) {
        return pod.condition("Ready").at("status").text().equals("True");
    }

    /** For people: the digest's beginning where there is one. */
    static String shown(Tree pod) {
        return images(pod).stream().map(PodImages::abbreviated).collect(Collectors.joining("+"));
    }

    private static String abbreviated(String image) {
        int at = image.indexOf("@sha256:");
        return at < 0 ? image : image.substring(at + 8, Math.min(image.length(), at + 20));
    }

    /** Of the containers that a manifest brings; none when it runs no pods. */
    static List<String> ofManifest(Tree manifest) {
        Tree template = manifest.at("kind").text().equals("CronJob")
                ? manifest.at("spec", "jobTemplate", "spec", "template")
                : manifest.at("spec", "template");
        return images(template);
    }

    private static List<String> images(Tree pod) {
        return pod.at("spec", "containers").items().stream()
                .map(container -> container.at("image").text())
                .toList();
    }
}
