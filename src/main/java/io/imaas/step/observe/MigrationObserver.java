package io.imaas.step.observe;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Location;
import io.imaas.model.image.ImageRef;
import io.imaas.model.rollout.Migration;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.ManifestPolicy;
import io.imaas.model.tenancy.ServiceSettings.MigrationSettings;
import io.imaas.port.GitRepository;
import io.imaas.port.TextFiles;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the migration of a service's database from its sources. Writes nothing.
 *
 * @param policy which images may run it
 */
public record MigrationObserver(GitRepository sources, ManifestPolicy policy) {
    /** @throws FailureException INPUT with the script that is no good; POLICY when its image is not on the platform's list */
    public Migration observe(CommitId commit, MigrationSettings settings) {
        ImageRef image = image(settings);
        String folder = settings.scripts().equals(".") ? "" : settings.scripts();
        if (sources.list(commit, folder).size() > Migration.MOST_SCRIPTS) {
            throw FailureException.input(
                    "there are more than " + Migration.MOST_SCRIPTS + " migration scripts",
                    folder,
                    "put what every database has already into one baseline script");
        }
        TextFiles files = sources.readText(commit, List.of(folder));
        SortedMap<String, String> scripts = new TreeMap<>();
        files.paths()
                .forEach(path -> scripts.put(
                        folder.isEmpty() ? path : path.substring(folder.length() + 1),
                        files.find(path).orElseThrow()));
        try {
            return new Migration(settings.tool(), image, settings.secret(), scripts);
        } catch (FailureException e) {
            throw e.failure().where().isNone() ? e.at(Location.of(settings.scripts())) : e.below(settings.scripts());
        }
    }

    private ImageRef image(MigrationSettings settings) {
        List<ImageRef> allowed = policy.migrations(settings.tool());
        String key = "policy.manifests.migrations." + settings.tool().word();
        if (settings.image().isEmpty()) {
            return allowed.stream()
                    .findFirst()
                    .orElseThrow(() -> FailureException.policy(
                            "the platform has no image that runs migrations with "
                                    + settings.tool().word(),
                            "imaas.yaml",
                            "ask an admin to list one in platform.yaml: " + key + ": [IMAGE@sha256:…]"));
        }
        ImageRef image = ImageRef.parse(settings.image());
        if (!allowed.contains(image)) {
            throw FailureException.policy(
                    "the platform does not let " + image + " run migrations",
                    "imaas.yaml",
                    allowed.isEmpty()
                            ? "ask an admin to list it in platform.yaml: " + key + ": [" + image + "]"
                            : "leave 'image' out, or name one of " + key + " in platform.yaml: " + allowed);
        }
        return image;
    }
}
