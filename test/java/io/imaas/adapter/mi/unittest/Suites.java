package io.imaas.adapter.mi.unittest;

import io.imaas.model.source.MiProject;
import io.imaas.model.source.TestReport;
import io.imaas.model.source.TestSelection;
import io.imaas.port.TestServer;
import io.imaas.port.UnitTests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A project with unit-test suites. */
final class Suites {
    static final String SEQUENCE =
            "<sequence xmlns=\"http://ws.apache.org/ns/synapse\" name=\"Greet\"><respond/></sequence>";

    private final Path folder;
    private final List<String> files = new ArrayList<>();
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    Suites(Path folder) {
        this.folder = folder;
        with("src/main/wso2mi/artifacts/sequences/Greet.xml", "<?xml version=\"1.0\"?>\n<!-- hello -->\n" + SEQUENCE);
    }

    Suites with(String file, String content) {
        try {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    Suites suite(String name, String... cases) {
        return raw(name, xml("", "", "<mock-services/>", cases));
    }

    Suites raw(String name, String content) {
        files.add(file(name));
        return with(file(name), content);
    }

    static String file(String name) {
        return "src/test/wso2mi/" + name + ".xml";
    }

    static String xml(String supportive, String resources, String mocks, String... cases) {
        String all = Stream.of(cases)
                .map(
                        c -> "<test-case name=\"" + c + "\"><input><payload><![CDATA[{}]]></payload></input>"
                                + "<assertions><assertNotNull><actual>$body</actual><message>none</message></assertNotNull></assertions></test-case>")
                .collect(Collectors.joining());
        return "<unit-test><artifacts><test-artifact><artifact>src/main/wso2mi/artifacts/sequences/Greet.xml</artifact>"
                + "</test-artifact><supportive-artifacts>" + supportive + "</supportive-artifacts>" + resources
                + "</artifacts><test-cases>" + all + "</test-cases>" + mocks + "</unit-test>";
    }

    MiProject project() {
        return new MiProject(
                folder.toString(),
                MiProject.Layout.VS_CODE,
                "com.example",
                "greeter",
                "1.0.0",
                "4.4.0",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                files.stream().sorted().toList(),
                List.of());
    }

    TestReport run(Duration timeout, InetSocketAddress... servers) {
        return run(
                TestSelection.ALL,
                timeout,
                Stream.of(servers).map(TestServer::at).toArray(TestServer[]::new));
    }

    TestReport run(TestSelection selection, Duration timeout, TestServer... servers) {
        return new UnitTestRunner().run(project(), new UnitTests.Order(List.of(servers), selection, timeout), log::add);
    }

    TestReport run(ProtocolServer... servers) {
        return run(
                Duration.ofSeconds(20),
                Stream.of(servers).map(ProtocolServer::address).toArray(InetSocketAddress[]::new));
    }

    String log() {
        return String.join("\n", log);
    }

    /** {@code case=VERDICT} of all suites. */
    static List<String> verdicts(TestReport report) {
        return report.suites().stream()
                .flatMap(s -> s.cases().stream())
                .map(c -> c.name() + "=" + c.verdict())
                .toList();
    }
}
