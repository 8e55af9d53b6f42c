package io.imaas.adapter.oci;

import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.model.failure.FailureException;
import io.imaas.model.image.ImageRepository;
import io.imaas.port.ImageTags;
import io.imaas.port.RegistryLogins;
import java.util.List;

/** Tags page by page, as the distribution specification has them. */
public final class TagLists implements ImageTags {
    private static final int MOST = 10_000;
    private static final int PAGE = 1_000;

    private final RemoteManifests registry;

    public TagLists(RegistryLogins logins) {
        this.registry = new RemoteManifests(new RegistryHttp(logins));
    }

    @Override
    public List<String> of(ImageRepository repository) {
        RegistryHttp.Call first = RegistryHttp.Call.of(repository, "GET", "/tags/list?n=" + PAGE);
        return registry
                .all(
                        first,
                        "tags",
                        MOST,
                        () -> FailureException.input(
                                "there are more than " + MOST + " tags",
                                repository.toString(),
                                "delete old ones, or release by: imaas release"))
                .orElse(List.of())
                .stream()
                .map(JsonNode::asText)
                .toList();
    }
}
