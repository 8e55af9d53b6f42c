package io.imaas.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.snapshot.ManifestChange;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class PicturesTest {
    private static final List<EnvironmentName> PATH =
            List.of(new EnvironmentName("dev"), new EnvironmentName("test"), new EnvironmentName("prod"));

    @Test
    void aLaneShowsHealthHoldsAndWhatLagsBehind() throws Exception {
        Matrix.Row row = new Matrix.Row(
                new ServiceName("order-api"),
                List.of(
                        cell("1.1.0", 'b', "degraded", ""),
                        cell("1.0.0", 'a', "healthy", "assumed healthy by @joe"),
                        cell("1.0.0", 'a', "healthy", "held: prices <wrong>")));
        String svg = LanesSvg.fragment(new Matrix(PATH, List.of(row), List.of()));

        wellFormed(svg);
        assertThat(svg)
                .contains("class=\"degraded\"", "class=\"lags\"", "class=\"same\"", "class=\"hold\"")
                .contains("order-api in prod: 1.0.0, healthy, held: prices &lt;wrong&gt;")
                .containsOnlyOnce(">1.0.0 held<")
                .doesNotContain("<wrong>", "<script", "http");
    }

    @Test
    void threeHundredServicesAreOneWellFormedDrawing() throws Exception {
        List<Matrix.Row> rows = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            rows.add(new Matrix.Row(
                    new ServiceName("service-" + i),
                    List.of(cell("1.0", 'a', "healthy", ""), cell("", ' ', "", ""), Matrix.Cell.absent("skipped"))));
        }
        String html = MatrixHtml.fragment(new Matrix(PATH, rows, List.of()));

        wellFormed(LanesSvg.fragment(new Matrix(PATH, rows, List.of())));
        assertThat(html.length()).isLessThan(500_000);
        assertThat(html).contains("data-label=\"prod\"");
        assertThat(LanesSvg.fragment(new Matrix(PATH, List.of(), List.of()))).isEmpty();
    }

    @Test
    void whatARunChangesInTheManifestsIsAFoldedDifference() {
        ManifestChange change = new ManifestChange(
                new ServiceName("order-api"),
                List.of(),
                List.of("- image: <old>", "+ image: new", "  kind: Deployment"));
        RunReport run = new RunReport(
                "Promote",
                RunReport.Status.SUCCEEDED,
                Instant.EPOCH,
                5,
                List.of(),
                List.of(),
                List.of(),
                List.of("a note"),
                List.of(change));

        assertThat(HtmlReport.of(new Report(
                        "All", Instant.EPOCH, new Matrix(PATH, List.of(), List.of()), List.of(run), List.of())))
                .contains("<p class=\"note\">a note</p>")
                .contains("<summary>Manifests of order-api: 3 lines</summary>")
                .contains(
                        "<del>- image: &lt;old&gt;</del>",
                        "<ins>+ image: new</ins>",
                        "<span>  kind: Deployment</span>");
    }

    @Test
    void theCriticalPathIsTheLastStepOfEachGroup() throws Exception {
        RunReport run = new RunReport(
                "Deliver",
                RunReport.Status.SUCCEEDED,
                Instant.EPOCH,
                5000,
                List.of(),
                List.of(
                        step("build", "Build", 0, 2000, RunReport.Status.SUCCEEDED),
                        step("lint", "Build", 0, 500, RunReport.Status.SUCCEEDED),
                        step("image", "Ship", 2000, 1000, RunReport.Status.SUCCEEDED),
                        step("sbom", "Ship", 2500, 2500, RunReport.Status.FAILED),
                        step("rollout", "Run", 0, 0, RunReport.Status.NOT_STARTED)),
                List.of(),
                List.of(),
                List.of());

        assertThat(GanttSvg.criticalPath(run)).extracting(RunReport.Step::id).containsExactly("build", "sbom");
        String svg = GanttSvg.fragment(run);
        wellFormed(svg);
        assertThat(svg)
                .contains("class=\"failed critical\"", "x=\"610\"", "image: from 2.0 s on, for 1.0 s")
                .contains("Critical path: build 2.0 s, then sbom 2.5 s")
                .doesNotContain("rollout");
    }

    private static RunReport.Step step(String id, String group, long offset, long millis, RunReport.Status status) {
        return new RunReport.Step(id, id, group, status, "", offset, millis, List.of(), List.of());
    }

    private static Matrix.Cell cell(String version, char digit, String health, String note) {
        String digest = digit == ' ' ? "" : "sha256:" + String.valueOf(digit).repeat(64);
        return new Matrix.Cell(version, digest, health, "", "", note, note.startsWith("held"), List.of());
    }

    private static void wellFormed(String fragment) throws Exception {
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader("<root>" + fragment + "</root>")));
    }
}
