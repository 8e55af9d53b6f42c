package io.imaas.step.observe;

import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.snapshot.ChartInputs;
import io.imaas.port.GitRepository;
import io.imaas.port.TextFiles;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Where a deployment server that renders by itself reads more than {@link ChartInputs} has: Helm fetches dependencies from
 * wherever a chart says, also from other folders ({@code file://}), a checkout follows symbolic links, and a chart at the
 * repository's root may read every file.
 */
record ChartReach(GitRepository repository, CommitId commit) {
    private static final String CHART = "Chart.yaml";

    /** More folders than a tenant's charts have; whoever has more has something else there. */
    private static final int MOST_FOLDERS = 2000;

    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*+#.*+$");

    /** Each as a sentence that says what to do about it. */
    List<String> of(ServiceName service) {
        List<String> found = new ArrayList<>();
        Map<String, String> top = repository.entries(commit, "");
        if (top.containsKey(CHART)) {
            found.add("the chart at the repository's root may read every file: move it into a folder of its own");
        }
        if (repository.entries(commit, GitOpsPaths.SERVICES).containsKey(GitOpsPaths.SERVICES + "/.gitattributes")) {
            found.add("services/.gitattributes changes what is checked out: move it to the repository's root");
        }
        Deque<String> folders = new ArrayDeque<>(List.of(GitOpsPaths.folder(service)));
        top.forEach((path, what) -> {
            if (ChartInputs.isOfAll(path + "/")) {
                enter(path, what, folders, found);
            }
        });
        Map<String, String> files = new TreeMap<>();
        for (int read = 0; !folders.isEmpty(); read++) {
            if (read == MOST_FOLDERS) {
                found.add(
                        "there are more than " + MOST_FOLDERS + " folders that may be a chart's: move the others away");
                return found;
            }
            repository.entries(commit, folders.remove()).forEach((path, what) -> {
                files.put(path, what);
                enter(path, what, folders, found);
            });
        }
        found.addAll(dependencies(files.keySet()));
        return found;
    }

    private static void enter(String path, String what, Deque<String> folders, List<String> found) {
        String mode = what.substring(0, what.indexOf(' '));
        if (mode.endsWith("40000")) {
            folders.add(path);
        } else if (!mode.startsWith("100")) {
            found.add(
                    path + " is a symbolic link or a submodule, which leads elsewhere: put the files themselves there");
        }
    }

    /** Helm takes what lies in a chart's folder {@code charts}, listed or not; what is listed it may fetch instead. */
    private List<String> dependencies(Set<String> files) {
        Set<String> charts = new TreeSet<>();
        for (String path : files) {
            String folder = path.substring(0, path.lastIndexOf('/') + 1);
            boolean lists = path.equals(folder + CHART)
                    || (path.equals(folder + "requirements.yaml") && files.contains(folder + CHART));
            if (lists && !isBelowAChart(folder, files)) {
                charts.add(path);
            }
        }
        List<String> found = new ArrayList<>();
        TextFiles texts = repository.readText(commit, charts);
        for (String path : charts) {
            String text = texts.texts().get(path);
            if (text == null || path.endsWith("requirements.yaml") || mayList(text)) {
                found.add(path
                        + " may list dependencies, which are fetched from elsewhere: put these charts into the folder "
                        + "'charts' beside it, and take the list out");
            }
        }
        return found;
    }

    /** A chart in the folder {@code charts} of another one is a part of it, and its own list is not fetched. */
    private static boolean isBelowAChart(String folder, Set<String> files) {
        for (int at = folder.indexOf("/charts/"); at >= 0; at = folder.indexOf("/charts/", at + 1)) {
            if (files.contains(folder.substring(0, at) + "/" + CHART)) {
                return true;
            }
        }
        return false;
    }

    /** Whether any reader of YAML could find the key: an escape or a tag may be another way to write it. */
    private static boolean mayList(String chart) {
        String text = COMMENT.matcher(chart).replaceAll("");
        return text.contains("dependencies") || text.contains("\\") || text.contains("!");
    }
}
