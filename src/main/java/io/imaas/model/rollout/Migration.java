package io.imaas.model.rollout;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.failure.Location;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.tenancy.MigrationTool;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What brings a service's database up to date before its pods are replaced: scripts, and the tool that runs those that the
 * database does not have. It is kept beside {@code release.yaml} as {@link #text()} and is promoted with it; a rollback
 * leaves it as it is, since nothing takes a script back.
 *
 * @param image of the tool
 * @param secret the Secret in each environment's namespace with the keys {@code url}, {@code user} and {@code password}
 * @param scripts path below the folder of scripts to content, lines ended by {@code \n}
 */
public record Migration(MigrationTool tool, ImageRef image, String secret, SortedMap<String, String> scripts)
        implements Serializable {
    /** A ConfigMap holds them, and Kubernetes keeps no larger one than 1 MiB. */
    public static final int MOST_BYTES = 512 * 1024;

    public static final int MOST_SCRIPTS = 500;

    /** The longest name of a service that leaves room for that of its Job, which the chart makes. */
    public static final int LONGEST_SERVICE = 42;

    private static final String HEADER =
            "# Written by the orchestrator from the service's sources, and promoted as it is: change the scripts there.\n";

    /** What YAML can't hold as it is, or takes for the end of a line. */
    private static final Pattern UNFIT =
            Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}\\uFEFF\\uFFFE\\uFFFF&&[^\\n\\t]]");

    private static final Pattern NAME =
            Pattern.compile("(?!.*\\.\\.)(?:[A-Za-z0-9_][A-Za-z0-9_.-]*+/)*+[A-Za-z0-9_][A-Za-z0-9_.-]*+");
    private static final Pattern SECRET = Pattern.compile("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");
    private static final Pattern DIGITS = Pattern.compile("\\d+");
    private static final Pattern KEY = Pattern.compile("  (tool|image|secret): \"([^\"\\\\]*)\"");
    private static final Pattern SCRIPT = Pattern.compile("    \"([^\"\\\\]*)\": \\|2");

    /** @throws FailureException INPUT with the script that is no good */
    public Migration {
        if (!SECRET.matcher(secret).matches() || secret.length() > 253) {
            throw FailureException.input("'" + secret + "' is not a name of a Secret", "migration.secret", "");
        }
        scripts = fit(tool, scripts);
    }

    /**
     * Scripts as they are carried.
     *
     * @throws FailureException INPUT with the scripts that are no good, or that the tool would not run
     */
    public static SortedMap<String, String> fit(MigrationTool tool, Map<String, String> scripts) {
        List<Failure> faults = faults(tool, scripts);
        if (!faults.isEmpty()) {
            throw FailureException.all(faults);
        }
        SortedMap<String, String> fit = new TreeMap<>();
        scripts.forEach((name, content) -> fit.put(name, lines(content)));
        int bytes = fit.values().stream()
                .mapToInt(content -> content.getBytes(StandardCharsets.UTF_8).length)
                .sum();
        if (fit.size() > MOST_SCRIPTS || bytes > MOST_BYTES) {
            throw FailureException.input(
                    fit.size() + " migration scripts have " + bytes + " bytes, and at most " + MOST_SCRIPTS + " with "
                            + MOST_BYTES + " bytes can be carried",
                    "put what every database has already into one baseline script, and load large data another way");
        }
        return Collections.unmodifiableSortedMap(fit);
    }

    /** What is wrong with scripts, each with its script and line: all that a delivery would refuse but their size. */
    public static List<Failure> faults(MigrationTool tool, Map<String, String> scripts) {
        List<Failure> faults = new ArrayList<>();
        Set<String> named = new TreeSet<>();
        new TreeMap<>(scripts).forEach((name, content) -> {
            if (NAME.matcher(name).matches() && name.length() <= 200) {
                named.add(name);
            } else {
                faults.add(fault(
                        "a migration script can't be called like this",
                        Location.of(name),
                        "use letters, digits, '_', '-' and '.', at most 200 characters"));
            }
            String lines = lines(content);
            Matcher unfit = UNFIT.matcher(lines);
            if (lines.isBlank()) {
                faults.add(fault("a migration script is empty", Location.of(name), "write it, or remove it"));
            } else if (unfit.find()) {
                String before = lines.substring(0, unfit.start());
                faults.add(fault(
                        String.format(
                                "a migration script holds the character U+%04X", lines.codePointAt(unfit.start())),
                        new Location(
                                name,
                                1 + (int) before.chars().filter(c -> c == '\n').count(),
                                0),
                        "write it as text in UTF-8, without control characters"));
            }
        });
        if (scripts.isEmpty() || !named.isEmpty()) {
            faults.addAll(tool.faults(named));
        }
        return faults;
    }

    private static Failure fault(String what, Location where, String suggestion) {
        return new Failure(FailureKind.INPUT, what, where, suggestion);
    }

    /** Windows' ends of lines are no difference, and neither is whether the last line has one. */
    private static String lines(String content) {
        return content.replace("\r\n", "\n").replaceFirst("^\\x{FEFF}", "").stripTrailing() + "\n";
    }

    /** As a values file of the chart; {@link #parse} reads exactly this. */
    public String text() {
        StringBuilder text = new StringBuilder(HEADER);
        text.append("migration:\n  tool: \"").append(tool.word());
        text.append("\"\n  image: \"").append(image);
        text.append("\"\n  secret: \"").append(secret).append("\"\n  scripts:\n");
        scripts.forEach((name, content) -> {
            text.append("    \"").append(name).append("\": |2\n");
            content.lines().forEach(line -> text.append(line.isEmpty() ? "" : "      ")
                    .append(line)
                    .append('\n'));
        });
        return text.toString();
    }

    /**
     * Reads {@link #text()}.
     *
     * @param path of the file, for people
     * @throws FailureException INPUT when anybody else wrote it
     */
    public static Migration parse(String text, String path) {
        Map<String, String> keys = new TreeMap<>();
        Map<String, StringBuilder> scripts = new TreeMap<>();
        StringBuilder script = null;
        for (String line : text.split("\n", -1)) {
            Matcher key = KEY.matcher(line);
            Matcher begins = SCRIPT.matcher(line);
            if (begins.matches()) {
                script = new StringBuilder();
                scripts.put(begins.group(1), script);
            } else if (script != null) {
                script.append(line.startsWith("      ") ? line.substring(6) : "")
                        .append('\n');
            } else if (key.matches()) {
                keys.put(key.group(1), key.group(2));
            }
        }
        try {
            SortedMap<String, String> contents = new TreeMap<>();
            scripts.forEach((name, content) -> contents.put(name, content.toString()));
            Migration read = new Migration(
                    MigrationTool.of(keys.getOrDefault("tool", "")),
                    ImageRef.parse(keys.getOrDefault("image", "")),
                    keys.getOrDefault("secret", ""),
                    contents);
            if (read.text().equals(text)) {
                return read;
            }
        } catch (FailureException unfit) {
            throw byHand(Location.of(path), ": " + unfit.failure().sentence());
        }
        throw byHand(Location.of(path), "");
    }

    /**
     * What an environment has once a release has landed.
     *
     * @param text of the new one, or empty for none; null leaves it as it is
     * @param now null where there is none
     */
    public static Migration after(String text, Migration now) {
        return text == null ? now : text.isEmpty() ? null : parse(text, "migration.yaml");
    }

    private static FailureException byHand(Location where, String why) {
        return FailureException.input(
                "it is not as the orchestrator writes it" + why,
                where,
                "take the change back, and change the scripts in the service's own repository");
    }

    /** Whether a Job, or a pod of one, is called like the chart calls those that run migrations. */
    public static boolean isRunBy(String name) {
        return name.contains("-migration-");
    }

    /**
     * A script as a database remembers it.
     *
     * @param name without folders
     * @param content its hash, for people; empty where it may change
     */
    public record Script(String name, String content) implements Serializable {}

    /** What a database remembers once these have run, by {@link MigrationTool#key}. */
    public SortedMap<String, Script> remembered() {
        SortedMap<String, Script> remembered = new TreeMap<>();
        scripts.forEach((name, content) -> tool.key(name)
                .ifPresent(key -> remembered.put(
                        key,
                        new Script(
                                MigrationTool.file(name),
                                tool.runsOnce(name) ? Digest.of(content).abbreviated() : ""))));
        return remembered;
    }

    /** Names of the scripts that the other one does not have in this form, by number; it may be null. */
    public List<String> beyond(Migration other) {
        return scripts.keySet().stream()
                .filter(name -> other == null || !scripts.get(name).equals(other.scripts.get(name)))
                .sorted(Comparator.comparing(Migration::padded))
                .toList();
    }

    /** So that 10 comes after 9 where texts are compared. */
    public static String padded(String name) {
        return DIGITS.matcher(name)
                .replaceAll(number -> "0".repeat(Math.max(0, 20 - number.group().length())) + number.group());
    }
}
