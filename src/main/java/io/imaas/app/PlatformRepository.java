package io.imaas.app;

import io.imaas.catalog.CatalogReader;
import io.imaas.catalog.KnownFiles;
import io.imaas.catalog.Read;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Problem;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.Verification;
import io.imaas.port.AdmissionPolicies;
import io.imaas.port.Expressions;
import io.imaas.port.GitRepository;
import io.imaas.port.TextFiles;
import io.imaas.step.observe.HttpGateObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The platform's metadata as its repository says, at a commit: what is there, or what is proposed.
 *
 * @param known what was read of it before
 */
public record PlatformRepository(GitRepository repository, KnownFiles known) {
    /** For whoever reads it once or twice. */
    public PlatformRepository(GitRepository repository) {
        this(repository, new KnownFiles());
    }

    /** The catalog at a commit, or every problem of its files. */
    public Read<Catalog> at(CommitId commit) {
        return CatalogReader.read(texts(commit), known);
    }

    /** The files that the catalog is read from, path to text. */
    public Map<String, String> texts(CommitId commit) {
        TextFiles found = repository.readText(
                commit,
                repository.list(commit, "").stream()
                        .filter(CatalogReader::concerns)
                        .toList());
        Map<String, String> files = new TreeMap<>();
        found.paths().forEach(path -> files.put(path, found.find(path).orElseThrow()));
        return files;
    }

    /**
     * The same with what is wrong with expressions of policies and gates. Such a catalog can be worked with: the gates say the
     * same, and stay closed for whatever they are about.
     */
    public static Read<Catalog> withExpressions(Read<Catalog> read, AdmissionPolicies engine, Expressions expressions) {
        if (!(read instanceof Read.Ok<Catalog> ok)) {
            return read;
        }
        List<Problem> problems = new ArrayList<>(engine.problems(ok.value().policies()));
        Platform platform = ok.value().platform();
        Stream.concat(platform.gates().stream(), platform.verify().stream().map(Verification::question))
                .forEach(question -> problems.addAll(HttpGateObserver.problems(question, expressions)));
        if (problems.isEmpty()) {
            return read;
        }
        List<Problem> all = new ArrayList<>(problems);
        all.addAll(ok.warnings());
        return new Read.Bad<>(all);
    }

    /**
     * The catalog at a branch's tip.
     *
     * @throws FailureException INPUT when there is no such branch, or with every problem of its files
     */
    public Catalog tip(BranchName branch) {
        CommitId head = repository
                .head(branch)
                .orElseThrow(() -> FailureException.input("the platform repository has no " + branch, "", "push it"));
        return at(head).orThrow();
    }
}
