package io.imaas.adapter.oci;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.model.failure.FailureException;
import io.imaas.model.image.ImageRepository;
import io.imaas.port.ImageTags;
import io.imaas.port.RegistryLogins;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tags page by page, as the distribution specification has them. */
public final class TagLists implements ImageTags {
    private static final int MOST = 10_000;
    private static final int PAGE = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RegistryHttp http;

    public TagLists(RegistryLogins logins) {
        this.http = new RegistryHttp(logins);
    }

    @Override
    public List<String> of(ImageRepository repository) {
        List<String> tags = new ArrayList<>();
        Optional<RegistryHttp.Call> page = Optional.of(RegistryHttp.Call.of(repository, "GET", "/tags/list?n=" + PAGE));
        while (page.isPresent()) {
            RegistryHttp.Call call = page.get();
            RegistryHttp.Answer answer = http.send(call, 200, 404);
            if (answer.status() == 404) {
                return List.of();
            }
            int before = tags.size();
            read(repository, answer.body(), tags);
            if (tags.size() > MOST) {
                throw FailureException.input(
                        "there are more than " + MOST + " tags",
                        repository.toString(),
                        "delete old ones, or release by: imaas release");
            }
            // A registry that goes on and on with nothing has no more.
            page = tags.size() == before ? Optional.empty() : call.next(answer);
        }
        return tags;
    }

    private static void read(ImageRepository repository, byte[] body, List<String> tags) {
        try {
            JSON.readTree(body).path("tags").forEach(tag -> tags.add(tag.asText()));
        } catch (IOException e) {
            throw FailureException.external(
                    "the registry's list of tags is not JSON", repository.toString(), "look at the registry", e);
        }
    }
}
