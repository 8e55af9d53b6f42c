package io.imaas.jenkins.page;

import io.imaas.report.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.GET;

/** {@code imaas/api/json}: the matrices as JSON, for programs and for the page that refreshes itself. */
public final class StatusApi {
    @GET
    public void doJson(StaplerResponse2 response) throws IOException {
        byte[] json = Json.pretty(new PlatformView().answer()).getBytes(StandardCharsets.UTF_8);
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getOutputStream().write(json);
    }
}
