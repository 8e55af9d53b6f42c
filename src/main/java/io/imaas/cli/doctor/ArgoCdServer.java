package io.imaas.cli.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.adapter.web.BoundedJson;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import java.net.URI;

/**
 * Argo CD's API, of which only questions are asked.
 *
 * @param token null when there is none
 */
record ArgoCdServer(URI address, Secret token, Web web) {
    /** @param path below {@code /api/v1/} */
    Web.Answer ask(String path) {
        return web.get(URI.create(address.toString().replaceFirst("/+$", "") + "/api/v1/" + path), "Bearer", token);
    }

    /**
     * What it says.
     *
     * @param about what it is asked about, for people
     * @param fix what may help when it does not tell
     * @throws FailureException EXTERNAL when it does not tell
     */
    JsonNode told(String path, String about, String fix) {
        Web.Answer answer = ask(path);
        if (answer.statusCode() != 200) {
            throw FailureException.external(
                    "Argo CD does not tell about " + about + ": " + answer.statusCode(),
                    address.toString(),
                    fix,
                    (Throwable) null);
        }
        try {
            return BoundedJson.mapper().readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw FailureException.external(
                    "Argo CD's answer is no JSON", address.toString(), "give the address of its API server", e);
        }
    }
}
