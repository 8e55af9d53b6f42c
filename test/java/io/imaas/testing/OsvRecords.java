package io.imaas.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.maven.artifact.versioning.ComparableVersion;

/**
 * Records of known vulnerabilities in the form of OSV (ossf.github.io/osv-schema), asked as its document says: a version is
 * affected when it is listed, or lies in a range of versions. What commits a range of type GIT names, nobody can tell by a version.
 */
public final class OsvRecords {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FIRST = "0";

    private OsvRecords() {}

    /**
     * What is known of these libraries, a sentence each.
     *
     * @param database a folder of records, or the archive of an ecosystem
     * @param libraries the version by {@code group:artifact}
     * @throws IOException when a record can't be read: what is not read is not checked
     */
    public static Set<String> weaknesses(Path database, Map<String, String> libraries) throws IOException {
        if (Files.isRegularFile(database)) {
            try (FileSystem archive = FileSystems.newFileSystem(database)) {
                return weaknesses(archive.getPath("/"), libraries);
            }
        }
        Set<String> found = new TreeSet<>();
        List<Path> files;
        try (Stream<Path> all = Files.walk(database)) {
            files = all.filter(one -> one.toString().endsWith(".json")).toList();
        }
        if (files.isEmpty()) {
            throw new IOException(database + " has no records of OSV");
        }
        for (Path file : files) {
            JsonNode record = read(file);
            for (JsonNode affected : record.path("affected")) {
                String name = affected.at("/package/name").asText();
                String version = libraries.get(name);
                if (version != null && !record.has("withdrawn") && isMaven(affected) && isAffected(version, affected)) {
                    found.add(name + " " + version + ": " + told(record, affected));
                }
            }
        }
        return found;
    }

    private static JsonNode read(Path file) throws IOException {
        JsonNode record;
        try {
            record = JSON.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new IOException(file + " can't be read: " + e.getMessage(), e);
        }
        if (!record.path("id").isTextual()) {
            throw new IOException(file + " is not a record of OSV: it has no id");
        }
        return record;
    }

    /** The ecosystem may name the repository after a colon. */
    private static boolean isMaven(JsonNode affected) {
        return affected.at("/package/ecosystem").asText().split(":", 2)[0].equals("Maven");
    }

    private static String told(JsonNode record, JsonNode affected) {
        List<String> names = new ArrayList<>();
        Stream.of("aliases", "upstream").forEach(list -> record.path(list).forEach(one -> names.add(one.asText())));
        String summary = record.path("summary").asText(record.path("details").asText());
        return record.path("id").asText() + (names.isEmpty() ? "" : " (" + String.join(", ", names) + ")") + " "
                + severity(record, affected) + ": "
                + summary.lines().findFirst().orElse("");
    }

    /** The database's own word where it has one, and the newest vector: that of the package goes before that of the record. */
    private static String severity(JsonNode record, JsonNode affected) {
        String word = record.at("/database_specific/severity").asText();
        Optional<String> vector = Stream.of(affected, record)
                .flatMap(place -> StreamSupport.stream(place.path("severity").spliterator(), false)
                        .sorted(Comparator.comparing(
                                        (JsonNode one) -> one.path("type").asText())
                                .reversed()))
                .map(one -> one.path("score").asText())
                .findFirst();
        String all = (word + " " + vector.orElse("")).strip();
        return all.isEmpty() ? "of unknown severity" : all;
    }

    private static boolean isAffected(String version, JsonNode affected) {
        return StreamSupport.stream(affected.path("versions").spliterator(), false)
                        .anyMatch(one -> one.asText().equals(version))
                || StreamSupport.stream(affected.path("ranges").spliterator(), false)
                        .filter(range -> !range.path("type").asText().equals("GIT"))
                        .anyMatch(range -> isWithin(new ComparableVersion(version), range));
    }

    /** One thing that happened at a version. */
    private record Happened(String what, String version) {
        boolean isBefore(ComparableVersion ours) {
            return version.equals(FIRST) || ours.compareTo(new ComparableVersion(version)) >= 0;
        }
    }

    private static boolean isWithin(ComparableVersion ours, JsonNode range) {
        List<Happened> events = new ArrayList<>();
        range.path("events").forEach(event -> event.properties()
                .forEach(field ->
                        events.add(new Happened(field.getKey(), field.getValue().asText()))));
        List<Happened> limits =
                events.stream().filter(event -> event.what().equals("limit")).toList();
        if (!limits.isEmpty()
                && limits.stream().allMatch(limit -> !limit.version().equals("*") && limit.isBefore(ours))) {
            return false;
        }
        // They need not stand in their order.
        events.sort(Comparator.comparing(
                event -> new ComparableVersion(event.version().equals(FIRST) ? "" : event.version())));
        boolean affected = false;
        for (Happened event : events) {
            switch (event.what()) {
                case "introduced" -> affected |= event.isBefore(ours);
                case "fixed" -> affected &= !event.isBefore(ours);
                case "last_affected" -> affected &= ours.compareTo(new ComparableVersion(event.version())) <= 0;
                default -> {}
            }
        }
        return affected;
    }
}
