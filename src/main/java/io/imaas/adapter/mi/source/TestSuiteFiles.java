package io.imaas.adapter.mi.source;

import io.imaas.adapter.xml.XmlParser;
import io.imaas.model.source.MiProject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which files are unit-test suites: those that the project names, and every XML directly in the VS Code layout's folder
 * for them, as the Maven plugin has it. A broken suite is a suite too, or it would vanish from the results.
 */
public final class TestSuiteFiles {
    private static final Pattern DIRECTLY = Pattern.compile("src/test/wso2mi/[^/]+\\.xml");

    private TestSuiteFiles() {}

    /** Paths below the project's folder, sorted. */
    public static List<String> of(MiProject project, ProjectTree tree) {
        TreeSet<String> files = new TreeSet<>(project.suites());
        if (project.layout() == MiProject.Layout.VS_CODE) {
            tree.files().stream().filter(f -> DIRECTLY.matcher(f).matches()).forEach(files::add);
        }
        return List.copyOf(files);
    }

    /** Suites in the VS Code layout's folder that the Maven plugin does not take, for their ending: {@code .XML}. */
    public static List<String> passedOver(ProjectTree tree) {
        return tree.below("src/test/wso2mi").stream()
                .filter(file ->
                        !file.endsWith(".xml") && file.toLowerCase(Locale.ROOT).endsWith(".xml"))
                .filter(file -> XmlParser.rootOf(tree.read(file), file)
                        .filter(root -> root.name().equals("unit-test"))
                        .isPresent())
                .toList();
    }

    /** Whether a file claims to be a suite. A broken one counts: it must not vanish from the results. */
    public static boolean isSuite(Path file, String shown) {
        return file.toString().endsWith(".xml")
                && Files.isRegularFile(file)
                && XmlParser.rootOf(Folders.bytes(file), shown)
                        .map(root -> root.name().equals("unit-test"))
                        .orElse(true);
    }
}
