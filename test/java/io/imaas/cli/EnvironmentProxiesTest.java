package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/** The variables that every other tool of a company's machine reads. */
class EnvironmentProxiesTest {
    @Test
    void aServerIsAskedByTheProxyThatTheVariableNames() throws IOException {
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/", exchange -> {
            byte[] asked = exchange.getRequestURI().toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, asked.length);
            exchange.getResponseBody().write(asked);
            exchange.close();
        });
        proxy.start();
        try {
            OkHttpClient client = new OkHttpClient.Builder()
                    .proxySelector(EnvironmentProxies.of(Map.of(
                                    "http_proxy",
                                    "127.0.0.1:" + proxy.getAddress().getPort()))
                            .orElseThrow())
                    .build();
            Request request =
                    new Request.Builder().url("http://git.example.org/info").build();
            try (Response response = client.newCall(request).execute()) {
                assertThat(response.body().string()).isEqualTo("http://git.example.org/info");
            }
        } finally {
            proxy.stop(0);
        }
    }

    @Test
    void hostsOfNoProxyAndThisMachineAreAskedDirectly() {
        EnvironmentProxies proxies = EnvironmentProxies.of(Map.of(
                        "HTTPS_PROXY",
                        "http://proxy.example.org:3128",
                        "NO_PROXY",
                        "corp.example.org, .svc,10.0.0.0/8,git.example.org:8443"))
                .orElseThrow();
        assertThat(by(proxies, "https://github.com/acme/x.git")).contains("proxy.example.org");
        assertThat(by(proxies, "http://github.com/")).isEqualTo("DIRECT");
        assertThat(by(proxies, "https://notcorp.example.org/")).contains("proxy");
        assertThat(by(proxies, "https://11.0.0.1/")).contains("proxy");
        assertThat(by(proxies, "https://git.example.org/")).contains("proxy");
        for (String direct : new String[] {
            "https://corp.example.org/",
            "https://harbor.corp.example.org/v2/",
            "https://argocd.svc/",
            "https://10.1.2.3:6443/api",
            "https://git.example.org:8443/",
            "https://localhost:8443/",
            "https://127.0.0.1/"
        }) {
            assertThat(by(proxies, direct)).as(direct).isEqualTo("DIRECT");
        }
        assertThat(EnvironmentProxies.of(Map.of("NO_PROXY", "*", "HTTPS_PROXY", "")))
                .isEmpty();
    }

    @Test
    void aLoginIsNeitherUsedNorPrinted() {
        EnvironmentProxies proxies = EnvironmentProxies.of(Map.of("HTTPS_PROXY", "http://ann:s3cret@proxy:3128"))
                .orElseThrow();
        assertThat(by(proxies, "https://github.com/")).isEqualTo("DIRECT");
        assertThat(proxies.told())
                .containsExactly("HTTPS_PROXY is not used: it must be http://HOST:PORT, without a login");
    }

    private static String by(EnvironmentProxies proxies, String url) {
        return proxies.select(URI.create(url)).get(0).toString();
    }
}
