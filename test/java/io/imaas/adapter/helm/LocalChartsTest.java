package io.imaas.adapter.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitRepositories;
import io.imaas.adapter.git.GitSettings;
import io.imaas.adapter.oci.HttpImageRegistry;
import io.imaas.adapter.oci.RegistryCredentials;
import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.model.failure.FailureException;
import io.imaas.model.image.ImageRef;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.ChartPin;
import io.imaas.port.ChartStore.StoredChart;
import io.imaas.testing.Git;
import io.imaas.testing.ManualClock;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pin is one content, wherever it comes from: real repositories and a real registry. */
class LocalChartsTest {
    private static final String CHART = "apiVersion: v2\nname: mi-service\nversion: 9.9.9\n";

    @TempDir
    Path folder;

    private GitRepositories repositories;
    private LoopbackRegistry registry;
    private LocalCharts charts;

    @BeforeEach
    void open() {
        ManualClock clock = new ManualClock("2026-11-20T10:00:00Z");
        repositories = new GitRepositories(GitSettings.of(folder.resolve("git"), GitAccess.anonymous(), clock));
        registry = LoopbackRegistry.start(folder.resolve("layout"), 0);
        charts = charts();
    }

    @AfterEach
    void close() {
        repositories.close();
        registry.close();
    }

    private LocalCharts charts() {
        return new LocalCharts(
                folder.resolve("charts"), repositories::at, () -> new HttpImageRegistry(RegistryCredentials.none()));
    }

    @Test
    void aCommitOfARepositoryIsOneChartForEver() throws Exception {
        ChartPin first = commit("first");
        ChartPin second = commit("second");

        StoredChart chart = charts.pinned(first);

        assertThat(text(chart, "templates/note.yaml")).isEqualTo("first");
        assertThat(charts.pinned(second).digest()).isNotEqualTo(chart.digest());
        assertThat(charts().pinned(first)).isEqualTo(chart);
        assertThat(first)
                .hasToString(((ChartPin.Folder) first).repository() + "@"
                        + ((ChartPin.Folder) first).commit().abbreviated() + ":charts/mi");
    }

    @Test
    void anArtifactOfARegistryIsUnpackedAsHelmPackedIt() throws Exception {
        byte[] archive = archive(Map.of("mi-service/Chart.yaml", CHART, "mi-service/templates/note.yaml", "first"));

        StoredChart chart = charts.pinned(pushed(archive));

        assertThat(text(chart, "templates/note.yaml")).isEqualTo("first");
        assertThat(chart.digest()).isEqualTo(charts.pinned(commit("first")).digest());
    }

    @Test
    void anArchiveThatWritesElsewhereOrLinksIsRefused() throws Exception {
        ChartPin outside = pushed(archive(Map.of("mi-service/Chart.yaml", CHART, "mi-service/../../evil.yaml", "x")));
        assertThatThrownBy(() -> charts.pinned(outside))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("outside of its folder");

        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            TarArchiveEntry link = new TarArchiveEntry("mi-service/Chart.yaml", TarConstants.LF_SYMLINK);
            link.setLinkName("/etc/passwd");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        }
        ChartPin linked = pushed(bytes.toByteArray());
        assertThatThrownBy(() -> charts.pinned(linked)).hasMessageContaining("other than files");
    }

    @Test
    void hooksAndDefinitionsOfResourcesAreRefusedWithTheirPlaceAndTestsAreNot() throws Exception {
        assertThat(charts.pinned(commit(
                        "annotations:\n  \"helm.sh/hook\": test\n  helm.sh/hook-weight: \"1\"\n#  helm.sh/hook: x\n")))
                .isNotNull();
        assertThatThrownBy(() -> charts.pinned(commit("annotations:\n  'helm.sh/hook': \"test,pre-install\"\n")))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("a hook of Helm")
                .hasMessageContaining("templates/note.yaml:2");
        byte[] library =
                archive(Map.of("lib/Chart.yaml", CHART, "lib/crds/a.yaml", "kind: CustomResourceDefinition\n"));
        assertThatThrownBy(() -> ChartHooks.refuse(Map.of("charts/lib-1.0.0.tgz", library), "pin"))
                .hasMessageContaining("crds/")
                .hasMessageContaining("pin:charts/lib-1.0.0.tgz:crds/a.yaml");
    }

    @Test
    void whatSomebodyChangedOnThisMachineIsWrittenAnew() throws Exception {
        StoredChart chart = charts.pinned(ChartPin.BUNDLED);
        Files.writeString(Path.of(chart.folder()).resolve("templates/evil.yaml"), "x");

        assertThat(charts().pinned(ChartPin.BUNDLED)).isEqualTo(chart);
        assertThat(Path.of(chart.folder()).resolve("templates/evil.yaml")).doesNotExist();
    }

    @Test
    void processesThatBeginAtOnceTakeNothingFromEachOther() throws Exception {
        ExecutorService processes = Executors.newFixedThreadPool(8);
        CyclicBarrier begin = new CyclicBarrier(8);
        List<Future<Boolean>> read = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            read.add(processes.submit(() -> {
                LocalCharts own = charts();
                begin.await();
                return own.files(own.pinned(ChartPin.BUNDLED)).containsKey("Chart.yaml");
            }));
        }
        for (Future<Boolean> one : read) {
            assertThat(one.get()).isTrue();
        }
        processes.shutdown();
        assertThat(folder.resolve("charts")).isDirectoryNotContaining("glob:**/.draft*");
    }

    @Test
    void aFolderWithoutAChartIsRefused() {
        assertThatThrownBy(() -> charts.pinnedTo(folder.resolve("none")).pinned(ChartPin.BUNDLED))
                .hasMessageContaining("there is no chart here");
    }

    private ChartPin commit(String note) throws Exception {
        Path work = Files.createDirectories(folder.resolve("source/charts/mi"));
        Git git = Git.in(folder.resolve("source"));
        git.run("init", "-q", "-b", "main");
        Files.createDirectories(work.resolve("templates"));
        Files.writeString(work.resolve("Chart.yaml"), CHART);
        Files.writeString(work.resolve("templates/note.yaml"), note);
        git.run("add", "-A");
        git.run("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", note);
        return new ChartPin.Folder(
                new RepositoryUrl("file://" + folder.resolve("source")),
                new CommitId(git.run("rev-parse", "HEAD").strip()),
                "charts/mi");
    }

    private static byte[] archive(Map<String, String> files) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** As {@code helm push} does it. */
    private ChartPin pushed(byte[] archive) throws Exception {
        String manifest = "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
                + "\"config\":{\"mediaType\":\"application/vnd.cncf.helm.config.v1+json\",\"digest\":\""
                + blob("{}".getBytes(StandardCharsets.UTF_8)) + "\",\"size\":2},\"layers\":[{\"mediaType\":"
                + "\"application/vnd.cncf.helm.chart.content.v1.tar+gzip\",\"digest\":\"" + blob(archive)
                + "\",\"size\":" + archive.length + "}]}";
        byte[] content = manifest.getBytes(StandardCharsets.UTF_8);
        String digest = digest(content);
        send("PUT", "/manifests/" + digest, content, "application/vnd.oci.image.manifest.v1+json");
        return new ChartPin.Registry(ImageRef.parse(registry.address() + "/charts/mi-service@" + digest));
    }

    private String blob(byte[] content) throws Exception {
        String at = send("POST", "/blobs/uploads/", new byte[0], "application/octet-stream")
                .headers()
                .firstValue("Location")
                .orElseThrow();
        URI upload = URI.create("http://" + registry.address()).resolve(at);
        String mark = upload.getQuery() == null ? "?" : "&";
        put(URI.create(upload + mark + "digest=" + digest(content)), "PUT", content, "application/octet-stream");
        return digest(content);
    }

    private HttpResponse<String> send(String method, String path, byte[] body, String type) throws Exception {
        return put(URI.create("http://" + registry.address() + "/v2/charts/mi-service" + path), method, body, type);
    }

    private static HttpResponse<String> put(URI uri, String method, byte[] body, String type) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .header("Content-Type", type)
                                .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).describedAs(answer.body()).isBetween(200, 299);
        return answer;
    }

    private static String digest(byte[] content) throws Exception {
        return "sha256:"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    private static String text(StoredChart chart, String path) throws Exception {
        return Files.readString(Path.of(chart.folder()).resolve(path));
    }
}
