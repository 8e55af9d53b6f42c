package io.imaas.model.tenancy;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.failure.Location;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What runs migration scripts. */
public enum MigrationTool {
    /** Runs scripts by the versions in their names, each once, and those that begin with {@code R__} whenever they change. */
    FLYWAY {
        @Override
        public List<Failure> faults(Collection<String> scripts) {
            if (scripts.isEmpty()) {
                return List.of(none("a script such as V1__tables.sql"));
            }
            List<Failure> faults = new ArrayList<>();
            Map<String, String> versions = new TreeMap<>();
            for (String script : scripts) {
                if (!FLYWAY_NAME.matcher(file(script)).matches()) {
                    faults.add(
                            fault(
                                    "Flyway runs no script of this name",
                                    script,
                                    "call it V1__what_it_does.sql, or R__what_it_does.sql for one that runs whenever it changes"));
                    continue;
                }
                String other = versions.put(key(script).orElseThrow(), script);
                if (other != null) {
                    faults.add(fault(
                            "two migration scripts have one version: " + other + " and " + script,
                            script,
                            "give the newer one a higher version"));
                }
            }
            return faults;
        }

        @Override
        public boolean runsOnce(String script) {
            return file(script).startsWith("V");
        }

        /** It takes 1.0 and 01 for version 1. */
        @Override
        public Optional<String> key(String script) {
            Matcher name = FLYWAY_NAME.matcher(file(script));
            if (!name.matches() || name.group(1) == null) {
                return Optional.of(file(script));
            }
            String version = ("." + name.group(1).replace('_', '.')).replaceAll("\\.0+(?=\\d)", ".");
            return Optional.of(version.replaceAll("(\\.0)+$", ""));
        }
    },

    /** Runs the changes that a changelog lists, each once. */
    LIQUIBASE {
        @Override
        public List<Failure> faults(Collection<String> scripts) {
            List<String> changelogs = scripts.stream()
                    .filter(script -> CHANGELOG.matcher(script).matches())
                    .toList();
            return switch (changelogs.size()) {
                case 0 -> List.of(none("a changelog: changelog.yaml, .xml, .json or .sql"));
                case 1 -> List.of();
                default ->
                    List.of(fault(
                            "Liquibase runs one changelog, and here are " + String.join(" and ", changelogs),
                            changelogs.get(1),
                            "include one in the other"));
            };
        }

        @Override
        public boolean runsOnce(String script) {
            return false;
        }

        @Override
        public Optional<String> key(String script) {
            return Optional.empty();
        }
    };

    private static final Pattern FLYWAY_NAME = Pattern.compile("(?:V(\\d+(?:[._]\\d+)*)|R)__[A-Za-z0-9_.-]+\\.sql");
    private static final Pattern CHANGELOG = Pattern.compile("changelog\\.(ya?ml|xml|json|sql)");

    /** Why the tool would not run these scripts, each with its script; empty when it would. */
    public abstract List<Failure> faults(Collection<String> scripts);

    /** Whether a script may not change any more once a database has run it. */
    public abstract boolean runsOnce(String script);

    /** By what a database knows a script that it has run, its version for one; empty where files may come and go. */
    public abstract Optional<String> key(String script);

    /** Whether a {@link #key} is a version: then a database takes no lower one that is new. */
    public static boolean isVersion(String key) {
        return key.startsWith(".");
    }

    /** The name of a script without its folders. */
    public static String file(String script) {
        return script.substring(script.lastIndexOf('/') + 1);
    }

    /** As files call it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws FailureException INPUT when there is no such tool */
    public static MigrationTool of(String word) {
        for (MigrationTool tool : values()) {
            if (tool.word().equals(word)) {
                return tool;
            }
        }
        throw FailureException.input("'" + word + "' runs no migrations", "it is flyway or liquibase");
    }

    private static Failure none(String what) {
        return new Failure(
                FailureKind.INPUT, "there are no migration scripts", "", "add " + what + ", or remove 'migration'");
    }

    private static Failure fault(String what, String script, String suggestion) {
        return new Failure(FailureKind.INPUT, what, Location.of(script), suggestion);
    }
}
