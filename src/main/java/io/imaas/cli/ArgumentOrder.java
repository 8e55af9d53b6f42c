package io.imaas.cli;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Spelling;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Services stand before environments on every command. Names in another order, and a missing environment, are answered by the
 * whole command that was meant.
 */
record ArgumentOrder(CommandSpec command) {
    /** @throws FailureException INPUT, before anything else is read */
    void check(Catalog catalog) {
        String form = command.positionalParameters().stream()
                .map(PositionalParamSpec::paramLabel)
                .collect(Collectors.joining(" "));
        StrayWords stray = new StrayWords(
                command, command.root().commandLine().getParseResult().originalArgs());
        List<String> words =
                words().stream().filter(word -> !stray.found().contains(word)).toList();
        Set<String> services = names(catalog, tenant -> tenant.services().stream()
                .map(service -> service.name().value()));
        Set<String> environments = names(catalog, ArgumentOrder::path);
        Set<String> all = new LinkedHashSet<>(services);
        all.addAll(environments);
        // A slip of the fingers is told where the name is looked up, unless the order is wrong as well.
        List<String> known = words.stream()
                .map(word ->
                        all.contains(word) ? word : Spelling.nearest(word, all).orElse(word))
                .toList();
        // A name that is both may stand anywhere.
        if (known.isEmpty()
                || known.stream().anyMatch(word -> services.contains(word) == environments.contains(word))) {
            stray.check();
            return;
        }
        List<String> first = known.stream().filter(services::contains).toList();
        List<String> last = known.stream().filter(environments::contains).toList();
        // A chart is promoted by environments alone.
        int wanted = form.endsWith(" FROM TO") && !first.isEmpty()
                ? 2
                : form.endsWith(" ENV") && !form.contains("SERVICE ENV") ? 1 : 0;
        List<String> meant = new ArrayList<>(first);
        meant.addAll(last.size() < wanted ? completed(catalog, last, wanted) : last);
        String what = last.size() < wanted
                ? (wanted == 1 ? "no environment is named" : "two environments are wanted: from, and to")
                        + "; there are " + String.join(", ", environments)
                : meant.equals(known) ? "" : "services stand before environments: " + form;
        String told =
                Stream.of(stray.told(), what).filter(one -> !one.isEmpty()).collect(Collectors.joining("; "));
        if (!told.isEmpty()) {
            throw FailureException.input(told, again(words, meant));
        }
    }

    /** The command line with a service before its other names. */
    String with(ServiceName service) {
        return again(
                words(),
                Stream.concat(Stream.of(service.value()), words().stream()).toList());
    }

    private List<String> words() {
        return command.commandLine().getParseResult().matchedPositionals().stream()
                .flatMap(one -> one.originalStringValues().stream())
                .toList();
    }

    private static Set<String> names(Catalog catalog, Function<Tenant, Stream<String>> of) {
        return catalog.tenants().stream().flatMap(of).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Stream<String> path(Tenant tenant) {
        return tenant.environments().stream().map(Environment::name).map(name -> name.value());
    }

    /** The one before it on the path, and it; where none is named, the first. */
    private static List<String> completed(Catalog catalog, List<String> named, int wanted) {
        List<String> path = catalog.tenants().stream()
                .map(tenant -> path(tenant).toList())
                .filter(one -> one.size() >= wanted && one.containsAll(named))
                .findFirst()
                .orElse(List.of());
        int to = named.isEmpty() ? wanted - 1 : Math.max(wanted - 1, path.indexOf(named.get(0)));
        return path.isEmpty() ? named : path.subList(to - wanted + 1, to + 1);
    }

    /** The command line with other names in their place. */
    private String again(List<String> words, List<String> meant) {
        List<String> line =
                new ArrayList<>(command.root().commandLine().getParseResult().originalArgs());
        int at = line.indexOf(command.name()) + 1;
        for (String word : words) {
            at += Math.max(0, line.subList(at, line.size()).indexOf(word));
            line.remove(at);
        }
        line.addAll(at, meant);
        return new StrayWords(command, line)
                .corrected()
                .or(() -> Pasted.meant(command, line))
                .orElseGet(() -> "name them in this order: " + String.join(" ", meant));
    }
}
