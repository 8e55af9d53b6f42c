package io.imaas.vars;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.ConstructorCallExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.Phases;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What keeps the library a shim that runs in the sandbox without anybody's approval. */
class LibraryRulesTest {
    private static final Path VARS = Path.of("vars");
    private static final int LINES = 40;

    private static final Set<String> STEPS = Set.of(
            "imaasPlan",
            "imaasGates",
            "stage",
            "parallel",
            "node",
            "podTemplate",
            "checkout",
            "archiveArtifacts",
            "echo",
            "error",
            "libraryResource");
    /** The sandbox lets everybody call these. */
    private static final Set<String> METHODS_OF_VALUES = Set.of("size", "containsKey", "replace");

    static Stream<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(VARS)) {
            return files.filter(file -> file.toString().endsWith(".groovy")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void aScriptIsShortAndHasAHelpPage(Path script) throws IOException {
        assertThat(Files.readAllLines(script)).hasSizeLessThanOrEqualTo(LINES);
        assertThat(Path.of(script.toString().replace(".groovy", ".txt"))).isNotEmptyFile();
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void aScriptCallsOnlyStepsOtherScriptsAndItself(Path script) throws IOException {
        Calls calls = Calls.of(script);

        Set<String> allowed = new HashSet<>(STEPS);
        allowed.addAll(calls.ownMethods);
        scripts()
                .map(file -> file.getFileName().toString().replace(".groovy", ""))
                .forEach(allowed::add);
        assertThat(allowed).containsAll(calls.implicit);
        assertThat(METHODS_OF_VALUES).containsAll(calls.onValues);
    }

    /** Only the plan names steps, and only in one place. */
    @ParameterizedTest
    @MethodSource("scripts")
    void onlyAStageExecutesWhatThePlanNames(Path script) {
        assertThat(Calls.of(script).dynamic)
                .hasSize(script.getFileName().toString().equals("imaasStages.groovy") ? 1 : 0);
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void aScriptImportsAndConstructsNothing(Path script) throws IOException {
        assertThat(Calls.of(script).constructed).isEmpty();
        assertThat(Files.readString(script)).doesNotContain("import ", "@NonCPS", "@Grab", "org.");
    }

    /** Closures over collections ({@code each}, {@code collect}) can't call steps in every version of groovy-cps. */
    @ParameterizedTest
    @MethodSource("scripts")
    void aScriptLoopsWithoutClosures(Path script) {
        assertThat(Calls.of(script).onValues).doesNotContain("each", "collect", "collectEntries", "findAll", "any");
    }

    private static final class Calls extends CodeVisitorSupport {
        private final Set<String> ownMethods = new TreeSet<>();
        private final Set<String> implicit = new TreeSet<>();
        private final Set<String> onValues = new TreeSet<>();
        private final List<String> dynamic = new ArrayList<>();
        private final List<String> constructed = new ArrayList<>();

        static Calls of(Path script) {
            CompilationUnit unit = new CompilationUnit();
            unit.addSource(script.toFile());
            unit.compile(Phases.CONVERSION);
            ClassNode type = unit.getFirstClassNode();
            Calls calls = new Calls();
            for (MethodNode method : type.getMethods()) {
                if (method.getLineNumber() > 0) {
                    calls.own(method);
                }
            }
            return calls;
        }

        /** A closure that was handed over may be called, too. */
        private void own(MethodNode method) {
            ownMethods.add(method.getName());
            for (Parameter parameter : method.getParameters()) {
                if (parameter.getType().getName().equals("Closure")) {
                    ownMethods.add(parameter.getName());
                }
            }
            method.getCode().visit(this);
        }

        @Override
        public void visitMethodCallExpression(MethodCallExpression call) {
            if (!(call.getMethod() instanceof ConstantExpression)) {
                dynamic.add(call.getText());
            } else if (call.isImplicitThis()) {
                implicit.add(call.getMethodAsString());
            } else {
                onValues.add(call.getMethodAsString());
            }
            super.visitMethodCallExpression(call);
        }

        @Override
        public void visitConstructorCallExpression(ConstructorCallExpression call) {
            constructed.add(call.getText());
            super.visitConstructorCallExpression(call);
        }
    }
}
