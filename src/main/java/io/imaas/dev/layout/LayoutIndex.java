package io.imaas.dev.layout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imaas.model.image.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code index.json} of a layout: which manifests a repository has and which of its tags points where.
 *
 * <p>One layout holds many repositories: a tag is an entry with {@code org.opencontainers.image.ref.name} of
 * {@code repository:tag} (a form the specification's grammar allows, so that {@code skopeo inspect oci:DIR:repo:tag}
 * finds it). A manifest that has no tag (any more) stays as an entry with {@value #REPOSITORY} alone and can be fetched
 * by its digest. Entries of other tools are left as they are. The file is replaced whole by an atomic rename.
 */
final class LayoutIndex {
    private static final String REF_NAME = "org.opencontainers.image.ref.name";
    private static final String REPOSITORY = "io.imaas.repository";

    private final ObjectMapper json = new ObjectMapper();
    private final ImageLayout layout;
    private final Path file;

    LayoutIndex(ImageLayout layout) throws IOException {
        this.layout = layout;
        this.file = layout.root().resolve("index.json");
        if (!Files.exists(file)) {
            write(List.of());
        }
    }

    /** A manifest of a repository; the tag is empty when it has none. */
    record Entry(String repository, String tag, String mediaType, Digest digest, long size) {}

    Optional<Entry> byTag(String repository, String tag) throws IOException {
        return entries(repository).filter(e -> e.tag().equals(tag)).findFirst();
    }

    Optional<Entry> byDigest(String repository, Digest digest) throws IOException {
        return entries(repository).filter(e -> e.digest().equals(digest)).findFirst();
    }

    /** All manifests of a repository, each once. */
    List<Entry> manifests(String repository) throws IOException {
        Map<Digest, Entry> found = new LinkedHashMap<>();
        entries(repository).forEach(entry -> found.put(entry.digest(), entry));
        return List.copyOf(found.values());
    }

    List<String> tags(String repository) throws IOException {
        return entries(repository)
                .map(Entry::tag)
                .filter(t -> !t.isEmpty())
                .sorted()
                .toList();
    }

    boolean knows(String repository) throws IOException {
        return entries(repository).findAny().isPresent();
    }

    /** Adds a manifest; one that lost its tag to it stays reachable by its digest. */
    synchronized void put(Entry added) throws IOException {
        Path lockFile = layout.root().resolve(".lock");
        try (FileChannel lock = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock();
            List<JsonNode> kept = new ArrayList<>();
            List<Entry> ours = new ArrayList<>();
            for (JsonNode node : read()) {
                entry(node).ifPresentOrElse(ours::add, () -> kept.add(node));
            }
            place(ours, added);
            ours.forEach(e -> kept.add(node(e)));
            write(kept);
        }
    }

    private static void place(List<Entry> entries, Entry added) {
        if (entries.contains(added)) {
            return;
        }
        boolean known = entries.stream().anyMatch(e -> same(e, added));
        if (added.tag().isEmpty()) {
            if (!known) {
                entries.add(added);
            }
            return;
        }
        Optional<Entry> before = entries.stream()
                .filter(e ->
                        e.repository().equals(added.repository()) && e.tag().equals(added.tag()))
                .findFirst();
        before.ifPresent(entries::remove);
        before.filter(b -> entries.stream().noneMatch(e -> same(e, b)))
                .ifPresent(b -> entries.add(new Entry(b.repository(), "", b.mediaType(), b.digest(), b.size())));
        entries.removeIf(e -> same(e, added) && e.tag().isEmpty());
        entries.add(added);
    }

    private static boolean same(Entry one, Entry other) {
        return one.repository().equals(other.repository()) && one.digest().equals(other.digest());
    }

    private Stream<Entry> entries(String repository) throws IOException {
        List<Entry> found = new ArrayList<>();
        for (JsonNode node : read()) {
            entry(node).filter(e -> e.repository().equals(repository)).ifPresent(found::add);
        }
        return found.stream();
    }

    private JsonNode read() throws IOException {
        return json.readTree(file.toFile()).path("manifests");
    }

    private void write(List<JsonNode> manifests) throws IOException {
        ObjectNode index = json.createObjectNode();
        index.put("schemaVersion", 2).put("mediaType", "application/vnd.oci.image.index.v1+json");
        ArrayNode array = index.putArray("manifests");
        manifests.forEach(array::add);
        layout.replace(file, json.writerWithDefaultPrettyPrinter().writeValueAsBytes(index));
    }

    private static Optional<Entry> entry(JsonNode node) {
        JsonNode annotations = node.path("annotations");
        String name = annotations.path(REF_NAME).asText();
        int colon = name.lastIndexOf(':');
        String repository = colon > 0
                ? name.substring(0, colon)
                : annotations.path(REPOSITORY).asText();
        if (repository.isEmpty() || (colon < 0 && !name.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(new Entry(
                repository,
                colon > 0 ? name.substring(colon + 1) : "",
                node.path("mediaType").asText(),
                new Digest(node.path("digest").asText()),
                node.path("size").asLong()));
    }

    private ObjectNode node(Entry entry) {
        ObjectNode node = json.createObjectNode();
        node.put("mediaType", entry.mediaType());
        node.put("digest", entry.digest().value());
        node.put("size", entry.size());
        ObjectNode annotations = node.putObject("annotations");
        if (entry.tag().isEmpty()) {
            annotations.put(REPOSITORY, entry.repository());
        } else {
            annotations.put(REF_NAME, entry.repository() + ":" + entry.tag());
        }
        return node;
    }
}
