package io.imaas.jenkins.agent;

import io.imaas.adapter.git.Checkout;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.TreeHash;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The sources that a plan was made for: an image is named after them, so it is made of them and of nothing else.
 *
 * @param tree what the folder must hold; null when any will do, since nothing is named after it
 */
public record Sources(String path, TreeHash tree) implements Serializable {
    /** @throws FailureException INPUT when it holds other sources, or changed ones */
    void requireCheckedOut(Path workspace) {
        if (tree == null) {
            return;
        }
        Checkout checkout = Checkout.at(workspace);
        Optional<TreeHash> found = checkout.tree(path);
        if (!found.equals(Optional.of(tree))) {
            throw FailureException.conflict(
                    "the workspace holds other sources than the plan was made for",
                    workspace + ": " + found.map(TreeHash::value).orElse("none") + ", planned: " + tree,
                    "check out the build's own commit ('checkout scm'), or build again");
        }
        checkout.changed(path).ifPresent(file -> {
            throw FailureException.input(
                    "a file differs from its commit", file, "let no step before the build change tracked files");
        });
    }
}
