package io.imaas.report;

import io.imaas.model.tenancy.TenantName;
import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * All changes of a tenant in a period, with who asked, who agreed and by which proof.
 *
 * @param since the first moment, itself included
 * @param until the first moment after it
 * @param changes those first that broke the separation of duties, and of each kind the newest first
 * @param notices what could not be read, so that nothing is left out silently
 */
public record PeriodReport(TenantName tenant, Instant since, Instant until, List<Change> changes, List<String> notices)
        implements Serializable {
    private static final List<String> TITLES =
            List.of("When", "Service", "In", "Change", "Asked by", "Agreed", "Reason", "More");

    public PeriodReport {
        changes = changes.stream()
                .sorted(Comparator.comparing(
                                (Change change) -> change.violations().isEmpty())
                        .thenComparing(change -> change.row().at(), Comparator.reverseOrder()))
                .toList();
        notices = List.copyOf(notices);
    }

    /**
     * One change. Texts are empty where nothing is known.
     *
     * @param violations of the separation of duties, as sentences
     * @param agreed who said yes to exactly this, as what, when and by which proof
     * @param manifests SHA-256 of what was rendered
     * @param rollout what is recorded of the digest in the environment
     */
    public record Change(
            String service,
            AuditRow row,
            List<String> violations,
            List<String> agreed,
            String manifests,
            String rendered,
            String rollout)
            implements Serializable {
        public Change {
            violations = List.copyOf(violations);
            agreed = List.copyOf(agreed);
        }

        private String minute() {
            return Age.minute(row.at());
        }

        /** A row for people; what few ask for is folded up in it. */
        private void addTo(Html html) {
            html.open("tr").element("th", minute(), "scope", "row", "class", "when");
            List<String> columns = List.of(
                    service, row.environment(), row.change(), row.by(), String.join("; ", agreed), row.reason());
            for (int i = 0; i < columns.size(); i++) {
                html.element("td", columns.get(i), "data-label", TITLES.get(i + 1));
            }
            html.open("td", "data-label", TITLES.get(columns.size() + 1)).open("span");
            if (!violations.isEmpty()) {
                html.element("span", "violation", "class", "chip failed");
            }
            html.open("details").element("summary", "All that is known").open("dl");
            cells().forEach((name, value) -> {
                if (!value.isEmpty()) {
                    html.element("dt", name).element("dd", value);
                }
            });
            html.close("dl", "details", "span", "td", "tr");
        }

        /** By title, in the order of the columns. */
        private Map<String, String> cells() {
            Map<String, String> cells = new LinkedHashMap<>();
            cells.put("violations", String.join("; ", violations));
            cells.put("at", row.at());
            cells.put("service", service);
            cells.put("environment", row.environment());
            cells.put("before", row.before());
            cells.put("version", row.version());
            cells.put("asked by", row.by());
            cells.put("agreed", String.join("; ", agreed));
            cells.put("ticket", row.gates().getOrDefault("external", ""));
            cells.put("reason", row.reason());
            cells.put("forced", row.forced());
            cells.put("override", row.confirmed());
            cells.put("assumed", row.assumed());
            cells.put("takes back", row.rollback());
            cells.put("gates", AuditText.gates(row.gates()));
            cells.put("digest", row.digest());
            cells.put("manifests", manifests);
            cells.put("rollout", rollout);
            cells.put("build", row.build());
            cells.put("commit", row.commit());
            cells.put("rendered", rendered);
            cells.put("what", row.what());
            return cells;
        }
    }

    /** How many changes broke the separation of duties. */
    public long violating() {
        return changes.stream().filter(change -> !change.violations().isEmpty()).count();
    }

    public String summary() {
        return tenant + ", " + since.truncatedTo(ChronoUnit.SECONDS) + " to " + until.truncatedTo(ChronoUnit.SECONDS)
                + ": " + counts();
    }

    public String counts() {
        return changes.size() + " changes, " + violating() + " against the separation of duties";
    }

    /** The summary, what broke the separation of duties, and what could not be read. */
    public String text() {
        StringBuilder text = new StringBuilder(summary() + "\n");
        changes.forEach(change -> change.violations()
                .forEach(one -> text.append("  " + change.row().at() + " " + change.service() + " in "
                        + change.row().environment() + ": " + one + "\n")));
        notices.forEach(notice -> text.append(notice + "\n"));
        return text.toString();
    }

    /** For spreadsheets; notices are in the page and on the command line. */
    public String csv() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.copyOf(new Change("", AuditRow.NONE, List.of(), List.of(), "", "", "")
                .cells()
                .keySet()));
        changes.forEach(change -> lines.add(List.copyOf(change.cells().values())));
        return Csv.of(lines);
    }

    /** A page for people: violations first. */
    public String html() {
        return HtmlPage.of("Changes of " + tenant, summary(), fragment(Integer.MAX_VALUE));
    }

    /** The same without its frame, and no more than so many changes. */
    public String fragment(int most) {
        List<Change> shown = changes.subList(0, Math.min(most, changes.size()));
        Html html = new Html().section("Against the separation of duties");
        if (violating() == 0) {
            html.note("nothing was found");
        } else {
            html.list(shown.stream()
                    .flatMap(change -> change.violations().stream()
                            .map(one -> change.minute() + " " + change.service() + " in "
                                    + change.row().environment() + ": " + one))
                    .toList());
            long left = changes.stream()
                    .skip(shown.size())
                    .filter(change -> !change.violations().isEmpty())
                    .count();
            if (left > 0) {
                html.note(left + " more changes against it are in the file for spreadsheets");
            }
        }
        html.close("section");
        if (!notices.isEmpty()) {
            html.section("What could not be found out").list(notices).close("section");
        }
        html.section("Changes");
        if (shown.isEmpty()) {
            return html.note("none").close("section").toString();
        }
        html.table("matrix", TITLES);
        shown.forEach(change -> change.addTo(html));
        return html.close("tbody", "table", "div", "section").toString();
    }

    /** Those changes of which something that is told of them has each of these words. */
    public PeriodReport having(String words) {
        List<String> all = List.of(words.strip().toLowerCase(Locale.ROOT).split("\\s+"));
        return new PeriodReport(
                tenant,
                since,
                until,
                changes.stream()
                        .filter(change -> {
                            String told =
                                    String.join(" ", change.cells().values()).toLowerCase(Locale.ROOT);
                            return all.stream().allMatch(told::contains);
                        })
                        .toList(),
                notices);
    }
}
