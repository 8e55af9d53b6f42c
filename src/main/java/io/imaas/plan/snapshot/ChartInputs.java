package io.imaas.plan.snapshot;

import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.snapshot.Snapshot.Fact;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the deployment server reads of an environment's branch where it renders by itself: a service's whole folder, which may
 * have a chart, the folders beside those of services, of which one may be a chart for all, and the attributes that say how
 * files are checked out.
 *
 * @param files path to mode and content; what a release brings along with its text, all else as Git names it
 * @param beyond what it may read besides, of which nobody knows the content, as sentences
 */
public record ChartInputs(ServiceName service, Map<String, String> files, List<String> beyond) implements Fact {
    private static final String PLAIN = "100644 ";
    private static final String ATTRIBUTES = ".gitattributes";

    public ChartInputs {
        beyond = List.copyOf(beyond);
    }

    /**
     * Those of a service on a branch.
     *
     * @param brought what a release brings along: path to text, or null where there is none
     * @param entries what lies in each folder of the branch that is asked for
     */
    public static ChartInputs of(
            ServiceName service, EnvironmentName environment, Map<String, String> brought, Entries entries) {
        String folder = GitOpsPaths.folder(service);
        Map<String, String> files = new TreeMap<>(entries.in(folder));
        boolean chart = files.containsKey(folder + "/Chart.yaml");
        files.putAll(entries.in(folder + "/env"));
        files.putAll(entries.in(""));
        files.entrySet()
                .removeIf(file -> file.getKey().contains("/")
                        ? !chart && !isRead(file.getKey(), service, environment)
                        : !file.getKey().equals(ATTRIBUTES)
                                && (file.getValue().startsWith("100") || !isOfAll(file.getKey() + "/")));
        brought.forEach((path, text) -> {
            String mode = files.getOrDefault(path, PLAIN).substring(0, PLAIN.length());
            files.remove(path);
            if (text != null) {
                files.put(path, mode + text);
            }
        });
        return new ChartInputs(service, files, List.of());
    }

    /** The same where the deployment server may read more. */
    public ChartInputs reaching(List<String> sentences) {
        return new ChartInputs(service, files, sentences);
    }

    /** Whether the service has a chart of its own, whose templates may read any file of its folder. */
    public boolean hasOwnChart() {
        return files.containsKey(GitOpsPaths.folder(service) + "/Chart.yaml");
    }

    /** What a release brings along. */
    public static Map<String, String> brought(ServiceState coming) {
        ServiceName service = coming.service();
        Map<String, String> texts = new HashMap<>();
        texts.put(GitOpsPaths.release(service), coming.releaseFile());
        texts.put(GitOpsPaths.values(service), coming.valuesFile());
        texts.put(
                GitOpsPaths.migration(service),
                coming.migration() == null ? null : coming.migration().text());
        return brought(service, texts);
    }

    /** The same as it stands on a branch. */
    public static Map<String, String> brought(ServiceName service, Map<String, String> texts) {
        Map<String, String> brought = new TreeMap<>();
        List.of(GitOpsPaths.release(service), GitOpsPaths.values(service), GitOpsPaths.migration(service))
                .forEach(path -> brought.put(path, texts.get(path)));
        return brought;
    }

    /** Whether a file may decide what the deployment server makes of a service. */
    public static boolean isRead(String path, ServiceName service, EnvironmentName environment) {
        String folder = GitOpsPaths.folder(service) + "/";
        if (!path.startsWith(folder)) {
            return isOfAll(path);
        }
        String top = path.substring(folder.length()).replaceFirst("/.*+", "");
        return top.equals("env")
                ? path.equals(GitOpsPaths.environment(service, environment))
                        || path.equals(folder + "env/" + ATTRIBUTES)
                : !top.equals("hold");
    }

    /**
     * Whether a file lies in a folder beside the services, where a chart for all of them may be, or says how the files of all
     * are checked out.
     */
    public static boolean isOfAll(String path) {
        return path.equals(ATTRIBUTES)
                || path.equals(GitOpsPaths.SERVICES + "/" + ATTRIBUTES)
                || (path.contains("/") && !path.startsWith(".") && !path.startsWith(GitOpsPaths.SERVICES + "/"));
    }

    /** What lies directly in a folder: path to mode and content, with a space between. */
    @FunctionalInterface
    public interface Entries {
        Map<String, String> in(String folder);
    }
}
