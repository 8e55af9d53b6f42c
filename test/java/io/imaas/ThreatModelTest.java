package io.imaas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every attack of the threat model names a test that tries it. */
class ThreatModelTest {
    private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");

    @Test
    void everyAttackIsTriedByATestThatIsThere() throws IOException {
        String table = Files.readString(Path.of("docs/threat-model.md"))
                .split("\\| attack \\|")[1]
                .split("\n\n")[0];
        List<String> attacks = table.lines().skip(2).toList();
        assertThat(attacks).hasSizeGreaterThan(30).allSatisfy(attack -> assertThat(attack)
                .containsPattern(TEST));
        List<Path> sources = new ArrayList<>();
        for (String root : List.of("test", "plugin/src/test/java")) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                files.filter(file -> file.toString().endsWith("Test.java")).forEach(sources::add);
            }
        }
        for (MatchResult named : TEST.matcher(table).results().toList()) {
            assertThat(sources.stream().filter(file -> file.endsWith(named.group(1) + ".java")))
                    .as(named.group())
                    .anySatisfy(
                            file -> assertThat(Files.readString(file)).contains("\n    void " + named.group(2) + "("));
        }
    }
}
