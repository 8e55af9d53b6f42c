package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.adapter.mi.MiFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintCommandTest {
    private static final String A = MiFolder.ARTIFACTS + "sequences/A.xml";
    private static final String NS = " xmlns=\"http://ws.apache.org/ns/synapse\"";

    @TempDir
    private Path folder;

    private MiFolder project;

    @BeforeEach
    void aProjectWithAnErrorAndAWarning() {
        project = MiFolder.in(folder).with(A, sequence("<log category=\"WARNING\" levl=\"full\"/>"));
    }

    @Test
    void anErrorFailsAndAWarningDoesSoOnRequest() {
        assertThat(lint().exitCode()).isEqualTo(3);
        assertThat(lint("--fail-on", "never").exitCode()).isZero();
        project.with(A, sequence("<log levl=\"full\"/>"));
        assertThat(lint().exitCode()).isZero();
        assertThat(lint("--fail-on", "warning").exitCode()).isEqualTo(3);
    }

    @Test
    void sourcesThatCannotBeWrittenAreCheckedAllTheSame() {
        project.with("target", "a file where the folder of reports would be");
        CommandLineRun run = lint("--fail-on", "never");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains("warning: ", "problems.sarif: the file can't be written: ");
        assertThat(run.out()).contains("1 project: 1 error, 1 warning");
    }

    @Test
    void theServicesFileSaysHowSevereARuleIs() {
        project.with("imaas.yaml", "lint: {rules: {invalid-value: off, unknown-attribute: error}}\n");
        CommandLineRun run = lint();
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out())
                .contains("error: <log> knows no attribute levl")
                .contains("1 error, 0 warnings")
                .doesNotContain("[invalid-value]");
        project.with("imaas.yaml", "lint: {rules: {invalid-valu: off}}\n");
        CommandLineRun refused = lint();
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.err()).contains("imaas.yaml", "invalid-valu");
    }

    @Test
    void servicesWithOneContextAreToldWithBothPlaces(@TempDir Path services) {
        for (String name : List.of("first", "second", "third")) {
            MiFolder.in(services.resolve(name))
                    .with(
                            MiFolder.ARTIFACTS + "apis/Orders.xml",
                            "<api" + NS + " name=\"Orders\"\n  context=\"/orders" + (name.equals("second") ? "/" : "")
                                    + "\"" + (name.equals("third") ? " version=\"2\" version-type=\"url\"" : "")
                                    + "><resource methods=\"GET\"><inSequence><respond/></inSequence></resource></api>");
        }
        CommandLineRun run = CommandLineRun.of("lint", services.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("second/" + MiFolder.ARTIFACTS + "apis/Orders.xml:2:3: warning: API 'Orders' has the context")
                .contains("of the API in ../first/" + MiFolder.ARTIFACTS + "apis/Orders.xml:2:3")
                .contains("3 projects: 0 errors, 1 warning");
    }

    @Test
    void aCommentWithAReasonIgnoresWhatFollows() {
        project.with(
                A,
                sequence("<!-- imaas-ignore invalid-value: patched --><log category=\"WARNING\"/>\n"
                        + "<log category=\"WARNING\"/>"));
        assertThat(lint().out()).contains("A.xml:2:6: error:").contains("1 error, 0 warnings");
    }

    @Test
    void aCommentBeforeTheRootIgnoresInTheWholeFile() {
        project.with(
                A,
                "<!-- imaas-ignore invalid-value: patched -->\n"
                        + sequence("<log category=\"WARNING\"/><log category=\"WARNING\"/>"));
        assertThat(lint("--fail-on", "warning").exitCode()).isZero();
    }

    @Test
    void aCommentWithoutReasonOrRuleOrUseIsToldAndIgnoresNothing() {
        project.with(A, sequence("<!-- imaas-ignore invalid-value --><log category=\"WARNING\"/>"));
        assertThat(lint().out()).contains("gives no reason", "[invalid-value]");
        project.with(A, sequence("<!-- imaas-ignore invalid-vlue: x --><log/>"));
        assertThat(lint().out()).contains("there is no rule 'invalid-vlue' (did you mean 'invalid-value'?)");
        project.with(A, sequence("<!-- imaas-ignore invalid-value: x --><log/>"));
        assertThat(lint().out()).contains("finds nothing here");
    }

    @Test
    void aLineOfAFileOfLinesIsIgnoredByTheLineBefore() {
        project.with(A, sequence("<log/>"))
                .with(
                        "deployment/deployment.toml",
                        """
                        # imaas-ignore plain-secret: a key store for tests
                        password = "hunter2-and-more"
                        password = "hunter2-and-more"
                        """);
        assertThat(lint().out())
                .contains("deployment.toml:3")
                .doesNotContain("deployment.toml:2")
                .contains("1 warning");
    }

    @Test
    void aBaselineLeavesOutWhatWasThereAndTellsTheRest() {
        Path baseline = folder.resolve("baseline.json");
        assertThat(lint("--write-baseline", baseline.toString()).exitCode()).isZero();
        assertThat(lint("--baseline", baseline.toString()).exitCode()).isZero();

        project.with(A, sequence("\n\n<log category=\"WARNING\"/><log category=\"WARNING\"/>"));
        CommandLineRun run = lint("--baseline", baseline.toString());
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out()).contains("1 error, 0 warnings");
        assertThat(run.err()).contains("1 findings of the baseline no longer occur");

        assertThat(lint("--baseline", folder.resolve("none").toString()).err()).contains("can't be read");
        project.with("other.json", "{\"version\": 7}");
        assertThat(lint("--baseline", folder.resolve("other.json").toString()).err())
                .contains("this is not a baseline");
    }

    @Test
    void whatNeedsNoDecisionIsFixedAndEveryOtherByteStays() throws IOException {
        project.with(
                A,
                "\uFEFF<?xml version=\"1.0\"?>\r\n<sequence name=\"A\">\r\n  <logg category = 'WARNN' levl=\"full\"></logg>"
                        + "<!-- imaas-ignore unknown-attribute: kept --><log levl=\"full\"/>"
                        + "<property name=\"p\" expression=\"${configs.limit}\"/>\r\n</sequence>");
        lint("--fix");
        CommandLineRun run = lint("--fix", "--fail-on", "warning");
        assertThat(run.out()).contains("0 errors, 0 warnings");
        assertThat(Files.readString(folder.resolve(A)))
                .isEqualTo("\uFEFF<?xml version=\"1.0\"?>\r\n<sequence" + NS
                        + " name=\"A\">\r\n  <log category = 'WARN' level=\"full\"></log>"
                        + "<!-- imaas-ignore unknown-attribute: kept --><log levl=\"full\"/>"
                        + "<property name=\"p\" expression=\"${configs.limit}\"/>\r\n</sequence>");
        assertThat(folder.resolve(MiFolder.RESOURCES + "conf/config.properties"))
                .hasContent("limit:string");
        assertThat(lint("--fix").err()).doesNotContain("fixed");
    }

    @Test
    void sarifTellsARulesMeaningAndWhereItIsDescribed() throws IOException {
        JsonNode rule =
                new ObjectMapper().readTree(lint("--format", "sarif").out()).at("/runs/0/tool/driver/rules/0");
        assertThat(rule.path("id").asText()).isEqualTo("invalid-value");
        assertThat(rule.path("helpUri").asText()).endsWith("lint-rules.md#invalid-value");
        assertThat(rule.at("/defaultConfiguration/level").asText()).isEqualTo("error");
        assertThat(rule.at("/shortDescription/text").asText()).isNotEmpty();
    }

    private CommandLineRun lint(String... options) {
        String[] all = new String[options.length + 2];
        all[0] = "lint";
        all[1] = folder.toString();
        System.arraycopy(options, 0, all, 2, options.length);
        return CommandLineRun.of(all);
    }

    private static String sequence(String body) {
        return "<sequence name=\"A\"" + NS + ">" + body + "</sequence>";
    }
}
