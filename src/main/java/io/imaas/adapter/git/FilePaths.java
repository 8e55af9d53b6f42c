package io.imaas.adapter.git;

import io.imaas.model.failure.FailureException;
import java.util.List;
import java.util.regex.Pattern;

/** Paths of files in a repository: what Git's own checkout would refuse is refused here. */
final class FilePaths {
    /** Empty, {@code .}, {@code ..}, anything a file system could take for {@code .git}, and control characters. */
    private static final Pattern BAD_NAME =
            Pattern.compile("|\\.|\\.\\.|(?i:\\.git|git~1)[ .]*(:.*)?|.*[\\x00-\\x1f\\x7f\\\\].*", Pattern.DOTALL);

    private FilePaths() {}

    static List<String> split(String path) {
        List<String> names = List.of(path.split("/", -1));
        for (String name : names) {
            if (BAD_NAME.matcher(name).matches()) {
                throw FailureException.input(
                        "'" + path + "' is not a path of a file in a repository",
                        path,
                        "write it relative to the repository's root, with forward slashes");
            }
        }
        return names;
    }
}
