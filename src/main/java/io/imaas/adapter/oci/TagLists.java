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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tags page by page, as the distribution specification has them. */
public final class TagLists implements ImageTags {
    private static final int MOST = 10_000;
    private static final int PAGE = 1_000;
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;\\s*rel=\"?next\"?");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RegistryHttp http;

    public TagLists(RegistryLogins logins) {
        this.http = new RegistryHttp(logins);
    }

    @Override
    public List<String> of(ImageRepository repository) {
        List<String> tags = new ArrayList<>();
        Optional<String> page = Optional.of("/tags/list?n=" + PAGE);
        while (page.isPresent()) {
            RegistryHttp.Call call = RegistryHttp.Call.of(repository, "GET", page.get());
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
            page = tags.size() == before ? Optional.empty() : next(call, answer);
        }
        return tags;
    }

    private static Optional<String> next(RegistryHttp.Call call, RegistryHttp.Answer answer) {
        return answer.header("Link")
                .map(NEXT::matcher)
                .filter(Matcher::find)
                .flatMap(link -> call.sameHost(link.group(1)));
    }

    private static void read(ImageRepository repository, byte[] body, List<String> tags) {
        try {
            JSON.readTree(body).path("tags").forEach(tag -> tags.add(tag.asText()));
        } catch (IOException e) {
            throw FailureException.external(
                    "the registry's list of tags is no JSON", repository.toString(), "look at the registry", e);
        }
    }
}
