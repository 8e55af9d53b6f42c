package io.imaas.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.testing.Await;
import io.imaas.testing.TestKey;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
    @TempDir
    Path folder;

    private TwoTenants served;

    @BeforeEach
    void start() {
        served = new TwoTenants(folder, null, Optional::empty, Optional.empty());
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private HttpResponse<String> page(String path) {
        return served.send(served.to(path).header("Accept", "text/html"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/inbox",
                "/inbox?kind=approval",
                "/dora?days=7",
                "/events",
                "/health",
                "/tenants/orders",
                "/tenants/orders/services/orders-api"
            })
    void everyPageIsThereBeforeGitAnsweredAndRunsNoStrangersScript(String path) {
        HttpResponse<String> answer = page(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'");
        assertThat(answer.body())
                .contains("<html lang=\"en\">", "<nav aria-label=\"Pages\">", "<main id=\"content\">")
                .doesNotContain("<script>", "onclick");
    }

    @Test
    void anExceptionOfThePlatformThatEndsSoonIsInTheInboxOfEveryDoor() {
        served.access(
                """
                policy:
                  images:
                    vulnerabilities:
                      scanners: [{name: nightly, key: "%s"}]
                      exceptions:
                        - {id: CVE-2026-1, reason: not <b>used</b>, owner: '@acme/sec', until: 2026-11-30}
                """
                        .formatted(TestKey.statements().ownKey().text().strip().replace("\n", "\\n")));
        String sentence = "the exception for CVE-2026-1 (not &lt;b&gt;used&lt;/b&gt;) ends on 2026-11-30: renew it";
        assertThat(page("/inbox").body()).contains(sentence, "<span>platform</span>", "@acme/sec");
        assertThat(page("/inbox?kind=action&q=platform").body()).contains(sentence);
        assertThat(page("/inbox?q=orders").body()).doesNotContain("CVE-2026-1");
        assertThat(page("/").body()).contains(sentence);
        assertThat(served.sender.get("/api/v1/inbox").body()).contains("the exception for CVE-2026-1");
        assertThat(served.sender.get("/api/v1/tenants/orders/inbox").body()).doesNotContain("CVE-2026-1");
        assertThat(served.sender.get("/metrics").body()).contains("imaas_inbox_items{kind=\"action\"} 1");
    }

    @Test
    void whatIsNotThereIsToldAsAPageToPeopleAndAsAProblemToPrograms() {
        HttpResponse<String> answer = page("/tenants/nobody");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("<main", "there is no tenant &#39;nobody&#39;");
        assertThat(page("/tenants/%3Cscript%3E").body()).doesNotContain("<script>");
        HttpResponse<String> program = served.sender.get("/tenants/nobody");
        assertThat(program.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    void aTenantThatCanNotBeReadSaysSoAndTheOthersAreShown() {
        served.views.start(Duration.ofHours(1));
        Await.until(() -> page("/").body().contains("git.example"));
        assertThat(page("/").body()).contains("unreadable", "the Git server is down");
        assertThat(page("/tenants/orders").body()).contains("It could not be read", "the Git server is down");
        assertThat(page("/health").body()).contains("Tenants read", "0 of 2");
    }

    @Test
    void eventsAreShownNewestFirstAndPageByPage() {
        for (int i = 0; i < 130; i++) {
            served.sender.gitHub("d" + i, Sender.push("https://git.example/r" + i + ".git", "dev"));
        }
        String first = page("/events").body();
        assertThat(first.indexOf("r129.git")).isPositive().isLessThan(first.indexOf("r128.git"));
        assertThat(first).contains("r30.git").doesNotContain("r29.git");
        Matcher older = Pattern.compile("/events[?]before=[0-9]+").matcher(first);
        assertThat(older.find()).isTrue();
        assertThat(page(older.group()).body()).contains("r29.git", "r0.git").doesNotContain("r30.git");
    }

    /** A stranger's page may give its own name this machine's address, and then ask as if it were ours. */
    @Test
    void whoCallsThisMachineByAnotherNameSeesNothing() throws Exception {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), served.server.address().getPort())) {
            socket.getOutputStream()
                    .write("GET /tenants/orders HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 403")
                    .doesNotContain("Orders");
        }
    }

    @Test
    void whatAProxyHandsOnSeesNoPage() {
        HttpResponse<String> answer = served.send(
                served.to("/tenants/orders").header("Accept", "text/html").header("Forwarded", "for=192.0.2.1"));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).doesNotContain("Orders");
    }
}
