package io.imaas.adapter.mi.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.imaas.adapter.mi.MiFolder;
import io.imaas.adapter.mi.project.MiProjectDetector;
import io.imaas.model.failure.Problem;
import io.imaas.model.source.LintRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/lint-rules.md} has a section for every rule, and its examples are what it says they are. */
class LintRulePagesTest {
    private static final Path PAGE = Path.of("docs/lint-rules.md");
    private static final Pattern SECTION = Pattern.compile("(?ms)^## (\\S+)\\n(.*?)(?=^## |\\z)");
    private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```\\w+ (wrong|right) (\\S+)\\n(.*?)^```$");

    @TempDir
    private Path scratch;

    @Test
    void everyRuleHasASectionThatNamesItsSeverity() throws IOException {
        List<Section> sections = sections();

        assertThat(sections).extracting(Section::rule).containsExactlyElementsOf(LintRule.ids());
        assertThat(sections).allSatisfy(section -> {
            Problem.Severity severity = LintRule.of(section.rule).orElseThrow().severity();
            String word = severity == Problem.Severity.INFO
                    ? "information"
                    : severity.name().toLowerCase(Locale.ROOT);
            assertThat(section.text.strip()).as(section.rule).startsWith(word + ". ");
        });
    }

    @Test
    void everyRuleOfTheSourcesHasASeverityAndTheSchemaKnowsItsName() throws IOException {
        Set<String> used = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java/io/imaas/adapter/mi"))) {
            for (Path source :
                    sources.filter(f -> f.toString().endsWith(".java")).toList()) {
                Matcher rule = Pattern.compile("\\.(?:error|warning|info)\\(\\s*\"([a-z]+(?:-[a-z]+)*)\"")
                        .matcher(Files.readString(source));
                while (rule.find()) {
                    used.add(rule.group(1));
                }
            }
        }

        assertThat(used).hasSizeGreaterThan(25).isSubsetOf(LintRule.ids());
        assertThat(Files.readString(Path.of("resources/schema/service.schema.json")))
                .contains("\"propertyNames\": {\"enum\": [\"" + String.join("\", \"", LintRule.ids()) + "\"]}");
    }

    @TestFactory
    Stream<DynamicTest> examplesAreWhatThePageSays() throws IOException {
        return sections().stream()
                .filter(section -> !section.rule.matches("car-.*|not-in-car|linked-folder|bad-migration"))
                .flatMap(section -> Stream.of("wrong", "right")
                        .map(kind -> dynamicTest(section.rule + " " + kind, () -> example(section, kind))));
    }

    private void example(Section section, String kind) throws IOException {
        Path folder = scratch.resolve(section.rule).resolve(kind);
        Matcher example = EXAMPLE.matcher(section.text);
        int files = 0;
        boolean studio = section.text.contains(" App/pom.xml");
        MiFolder project = studio ? null : MiFolder.in(folder);
        while (example.find()) {
            if (example.group(1).equals(kind)) {
                files++;
                Path file = folder.resolve(studio ? example.group(2) : place(example.group(2)));
                Files.createDirectories(file.getParent());
                Files.writeString(file, example.group(3));
            }
        }
        assertThat(files).isPositive();
        List<String> rules = new ProjectVerifier()
                        .lint(new MiProjectDetector()
                                .inspect(project == null ? folder : project.root())
                                .get(0))
                        .stream()
                        .map(Problem::rule)
                        .toList();
        if (kind.equals("wrong")) {
            assertThat(rules).contains(section.rule);
        } else if (section.rule.equals("external-reference")) {
            assertThat(rules).doesNotContain(section.rule);
        } else {
            assertThat(rules).isEmpty();
        }
    }

    private static String place(String written) {
        if (written.startsWith("src/") || written.equals("pom.xml")) {
            return written;
        }
        if (written.startsWith("suites/")) {
            return "src/test/wso2mi/" + written.substring("suites/".length());
        }
        return (written.startsWith("resources/") ? "src/main/wso2mi/" : MiFolder.ARTIFACTS) + written;
    }

    private record Section(String rule, String text) {}

    private static List<Section> sections() throws IOException {
        return SECTION.matcher(Files.readString(PAGE))
                .results()
                .map(found -> new Section(found.group(1), found.group(2)))
                .toList();
    }
}
