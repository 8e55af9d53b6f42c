package io.imaas.catalog;

import io.imaas.model.image.ImageRepository;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.GitHosts;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.ChartPin;
import io.imaas.model.tenancy.EnvironmentName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads which chart each environment gets. */
record ChartFields(Findings findings, GitHosts gitHosts, List<ImageRepository> registries) {
    Map<EnvironmentName, ChartPin> read(Section charts) {
        Map<EnvironmentName, ChartPin> pins = new LinkedHashMap<>();
        for (String environment : charts.keys()) {
            Optional<ChartPin> pin = charts.text(environment).isPresent()
                    ? named(charts, environment)
                    : folder(charts.section(environment));
            if (!findings.isWrong(charts.at(environment))) {
                pin.ifPresent(chart -> pins.put(new EnvironmentName(environment), chart));
            }
        }
        return pins;
    }

    private Optional<ChartPin> named(Section charts, String environment) {
        Optional<Located<ChartPin>> pin = charts.value(environment, "bad-chart", ChartPin::parse);
        pin.ifPresent(given -> {
            if (given.value() instanceof ChartPin.Registry chart
                    && registries.stream().noneMatch(chart.chart().repository()::isWithin)) {
                findings.refine(
                        "chart-source",
                        given.where(),
                        "the chart comes from " + chart.chart().repository() + ", which is none of the registries",
                        "add it to registries, or take the chart from one of them");
            }
        });
        return pin.map(Located::value);
    }

    private Optional<ChartPin> folder(Section given) {
        Optional<Located<RepositoryUrl>> url = given.value("git", "bad-url", this::allowed);
        Optional<Located<CommitId>> commit = given.value("commit", "bad-commit", CommitId::new);
        String path = given.word("path");
        return url.isPresent() && commit.isPresent()
                ? Optional.of(
                        new ChartPin.Folder(url.get().value(), commit.get().value(), path))
                : Optional.empty();
    }

    private RepositoryUrl allowed(String text) {
        RepositoryUrl url = new RepositoryUrl(text);
        gitHosts.check(url);
        return url;
    }
}
