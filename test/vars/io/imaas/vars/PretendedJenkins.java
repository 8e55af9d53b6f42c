package io.imaas.vars;

import groovy.lang.Binding;
import groovy.lang.Closure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a Jenkinsfile with this repository as the shared library {@code imaas}: as plain Groovy, or transformed as Jenkins
 * does it, where all that is alive between two steps must be serializable. Steps write down that they were called.
 */
final class PretendedJenkins {
    enum Mode {
        PLAIN,
        CPS
    }

    private static final List<String> STEPS_OF_A_PLAN = List.of(
            "imaasBuild",
            "imaasCheck",
            "imaasTest",
            "imaasImage",
            "imaasRelease",
            "imaasPromote",
            "imaasRollback",
            "imaasRollout",
            "imaasOnboard",
            "imaasComment",
            "imaasSkip");

    private final SharedLibrary library;
    private final CallLog log = new CallLog();
    private final Map<String, String> failures = new HashMap<>();
    private final Map<String, String> absent = new HashMap<>();
    private final List<String> unstable = new ArrayList<>();
    private final LinkedHashMap<String, Object> currentBuild = new LinkedHashMap<>(Map.of("result", "SUCCESS"));
    private final List<String> podYaml = new ArrayList<>();
    private Map<String, Object> plan = Map.of();
    private boolean kubernetes = true;
    private String refusal = "";

    PretendedJenkins(Mode mode) {
        library = SharedLibrary.in(mode);
    }

    PretendedJenkins plans(PlanMap planned) {
        plan = planned.map();
        return this;
    }

    PretendedJenkins failsAt(String id, String message) {
        failures.put("1/" + id, message);
        return this;
    }

    /** What Jenkins throws for a step that no plugin has. */
    PretendedJenkins lacksAStepAt(String id, String missing) {
        absent.put("1/" + id, missing);
        return this;
    }

    /** The step ends, and its run is unstable. */
    PretendedJenkins softStopAt(String id) {
        unstable.add("1/" + id);
        return this;
    }

    PretendedJenkins withoutKubernetes() {
        kubernetes = false;
        return this;
    }

    /** podTemplate fails before its body. */
    PretendedJenkins refusesPods(String message) {
        refusal = message;
        return this;
    }

    /** The YAML given to podTemplate. */
    List<String> podYaml() {
        return podYaml;
    }

    /** Runs and returns the calls, the run's description and result, and how it failed. */
    String run(String call) {
        return runFile("@Library('imaas') _\n" + call + "\n");
    }

    String runFile(String jenkinsfile) {
        platformSteps();
        blocks();
        ourSteps();
        try {
            library.run(jenkinsfile, binding());
        } catch (Exception | LinkageError e) {
            currentBuild.put("result", "FAILURE");
            log.line("fails: " + root(e).getMessage());
        }
        if (currentBuild.containsKey("description")) {
            log.line("description: " + currentBuild.get("description"));
        }
        log.line("result: " + currentBuild.get("result"));
        return log.toString();
    }

    private Binding binding() {
        Binding binding = new Binding();
        binding.setVariable("currentBuild", currentBuild);
        binding.setVariable("scm", new LinkedHashMap<>(Map.of("scm", "this commit")));
        binding.setVariable("POD_LABEL", "the pod");
        return binding;
    }

    private void platformSteps() {
        library.step("echo", List.of(CharSequence.class), a -> said("echo " + a[0]));
        library.step("error", List.of(CharSequence.class), a -> {
            throw new IllegalStateException(String.valueOf(a[0]));
        });
        library.step("checkout", List.of(Map.class), a -> said("checkout " + ((Map<?, ?>) a[0]).get("scm")));
        library.step(
                "archiveArtifacts", List.of(Map.class), a -> said(CallLog.shown("archiveArtifacts", (Map<?, ?>) a[0])));
    }

    private void blocks() {
        library.step("stage", List.of(CharSequence.class, Closure.class), a -> block("stage '" + a[0] + "'", a[1]));
        library.step("node", List.of(CharSequence.class, Closure.class), a -> block("node '" + a[0] + "'", a[1]));
        library.step(
                "podTemplate",
                List.of(Map.class, Closure.class),
                a -> pod(new LinkedHashMap<>((Map<?, ?>) a[0]), a[1]));
        library.step("parallel", List.of(Map.class), a -> parallel((Map<?, ?>) a[0]));
    }

    private void ourSteps() {
        library.step("imaasPlan", List.of(Map.class), a -> {
            said(CallLog.shown("imaasPlan", (Map<?, ?>) a[0]));
            return plan;
        });
        library.step("imaasGates", List.of(Map.class), a -> {
            said(CallLog.shown("imaasGates", (Map<?, ?>) a[0]));
            throw new IllegalStateException("a gate is closed");
        });
        for (String name : STEPS_OF_A_PLAN) {
            library.step(name, List.of(Map.class), a -> planned(name, (Map<?, ?>) a[0]));
        }
    }

    private Object said(String call) {
        log.line(call);
        return null;
    }

    private Object planned(String name, Map<?, ?> arguments) {
        String id = String.valueOf(arguments.get("id"));
        said(CallLog.shown(name, arguments));
        if (failures.containsKey(id)) {
            throw new IllegalStateException(failures.get(id));
        }
        if (absent.containsKey(id)) {
            throw noSuchStep(absent.get(id));
        }
        if (unstable.contains(id)) {
            currentBuild.put("result", "UNSTABLE");
        }
        return new LinkedHashMap<>();
    }

    private Object block(String call, Object body) {
        return log.within(call, () -> library.call(body));
    }

    private Object pod(Map<Object, Object> arguments, Object body) {
        if (!kubernetes) {
            throw noSuchStep("podTemplate");
        }
        if (!refusal.isEmpty()) {
            throw new IllegalStateException(refusal);
        }
        podYaml.add(String.valueOf(arguments.put("yaml", "…")));
        return block(CallLog.shown("podTemplate", arguments), body);
    }

    /** As Jenkins does it without failFast: every branch runs to its end, then the first failure is the block's. */
    private Object parallel(Map<?, ?> branches) {
        List<RuntimeException> failed = new ArrayList<>();
        log.within("parallel", () -> {
            branches.forEach((name, body) -> {
                try {
                    block("branch '" + name + "'", body);
                } catch (RuntimeException e) {
                    failed.add(e);
                }
            });
            return null;
        });
        if (!failed.isEmpty()) {
            throw failed.get(0);
        }
        return null;
    }

    private static NoSuchMethodError noSuchStep(String name) {
        return new NoSuchMethodError("No such DSL method '" + name + "' found among steps [echo, node, stage]");
    }

    private static Throwable root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
