package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.imaas.adapter.web.BoundedHttp;
import java.io.IOException;
import java.net.Authenticator;
import java.net.Authenticator.RequestorType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.Credentials;
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
    void aLoginGoesToItsProxyAloneOnceAndIsNotPrinted() throws IOException {
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/", exchange -> {
            asked.add(String.valueOf(exchange.getRequestHeaders().getFirst("Proxy-Authorization")));
            boolean known = asked.get(asked.size() - 1).equals(Credentials.basic("ann", "s3/cret"));
            exchange.getResponseHeaders().set("Proxy-Authenticate", "Basic realm=\"company\"");
            exchange.sendResponseHeaders(known ? 200 : 407, -1);
            exchange.close();
        });
        proxy.start();
        String at = "127.0.0.1:" + proxy.getAddress().getPort();
        ProxySelector before = ProxySelector.getDefault();
        try {
            EnvironmentProxies right = of("http://ann:s3%2Fcret@" + at);
            right.install();
            assertThat(answer(right)).isEqualTo(200);
            assertThat(asked).containsExactly("null", Credentials.basic("ann", "s3/cret"));
            assertThat(Authenticator.requestPasswordAuthentication(
                            "git.example.org", null, 443, "https", "", "basic", null, RequestorType.SERVER))
                    .isNull();
            assertThat(right.told().toString())
                    .contains("with the login of ann")
                    .doesNotContain("s3");

            asked.clear();
            EnvironmentProxies wrong = of("http://ann:old@" + at);
            wrong.install();
            assertThat(answer(wrong)).isEqualTo(407);
            assertThat(asked).hasSize(2);
        } finally {
            Authenticator.setDefault(null);
            ProxySelector.setDefault(before);
            proxy.stop(0);
        }
    }

    @Test
    void whatIsNoProxyIsSaidWithoutThePassword() {
        EnvironmentProxies proxies = of("http://ann:s3/cret@proxy:3128");
        assertThat(by(proxies, "http://github.com/")).isEqualTo("DIRECT");
        assertThat(proxies.told().toString())
                .contains("HTTP_PROXY is not used: it must be http://[USER:PASSWORD@]HOST:PORT")
                .doesNotContain("s3");
    }

    private static EnvironmentProxies of(String proxy) {
        return EnvironmentProxies.of(Map.of("HTTP_PROXY", proxy)).orElseThrow();
    }

    private static int answer(EnvironmentProxies proxies) throws IOException {
        OkHttpClient client = BoundedHttp.client(Duration.ofMinutes(1), 1_000)
                .newBuilder()
                .proxySelector(proxies)
                .build();
        Request request =
                new Request.Builder().url("http://git.example.org/info").build();
        try (Response response = client.newCall(request).execute()) {
            return response.code();
        }
    }

    private static String by(EnvironmentProxies proxies, String url) {
        return proxies.select(URI.create(url)).get(0).toString();
    }
}
