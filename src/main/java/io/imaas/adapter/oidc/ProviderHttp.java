package io.imaas.adapter.oidc;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import io.imaas.adapter.web.BoundedHttp;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Speaks to the provider with one deadline for an exchange, at most {@value #LONGEST} bytes, and no redirects. */
final class ProviderHttp implements HTTPRequestSender, ResourceRetriever {
    private static final int LONGEST = 1 << 20;

    private final OkHttpClient client;

    ProviderHttp(Duration call) {
        client = BoundedHttp.client(call, LONGEST);
    }

    @Override
    public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest wanted) throws IOException {
        Request.Builder request = new Request.Builder().url(wanted.getURL()).header("Accept", "application/json");
        wanted.getHeaderMap().forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        boolean sends = wanted.getBody() != null;
        request.method(
                wanted.getMethod().name(),
                sends ? RequestBody.create(wanted.getBody().getBytes(StandardCharsets.UTF_8)) : null);
        try (Response response = client.newCall(request.build()).execute()) {
            HTTPResponse answer = new HTTPResponse(response.code());
            response.headers().forEach(header -> answer.setHeader(header.getFirst(), header.getSecond()));
            answer.setBody(response.body().string());
            return answer;
        }
    }

    @Override
    public Resource retrieveResource(URL url) throws IOException {
        try (Response response =
                client.newCall(new Request.Builder().url(url).build()).execute()) {
            if (!response.isSuccessful()) {
                throw new IOException("HTTP " + response.code());
            }
            return new Resource(response.body().string(), response.header("Content-Type"));
        }
    }
}
